const minuteMs = 60_000;
const windowMinutes = 60;

/** How full the budget of one key is. */
export interface Usage {
  /** Throttling begins at 100. */
  readonly percent: number;
  /** Minutes until a call is possible again; 0 while one is. */
  readonly regainMinutes: number;
}

/** Counts the calls of the last hour, minute by minute. */
export class RateLimit {
  private readonly minutes = new Map<number, number>();

  private readonly callsPerHour: number;

  constructor(callsPerHour: number) {
    this.callsPerHour = callsPerHour;
  }

  /** Counts a call that comes now, unless the budget is used up already. */
  take(now: Date): Usage & { readonly allowed: boolean } {
    const minute = Math.floor(now.getTime() / minuteMs);
    for (const past of this.minutes.keys()) if (past <= minute - windowMinutes) this.minutes.delete(past);
    const allowed = this.used() < this.callsPerHour;
    if (allowed) this.minutes.set(minute, (this.minutes.get(minute) ?? 0) + 1);
    const [oldest = minute] = this.minutes.keys();
    return {
      allowed,
      percent: Math.floor((100 * this.used()) / this.callsPerHour),
      regainMinutes: allowed ? 0 : oldest + windowMinutes - minute,
    };
  }

  private used(): number {
    return this.minutes.values().reduce((sum, calls) => sum + calls, 0);
  }
}

/**
 * The headers that tell a caller how much of its budget is used. The time shares are not measured here: they follow the calls.
 *
 * @param key id of the business
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export const usageHeaders = (key: string, { percent, regainMinutes }: Usage): Record<string, string> => ({
  'x-business-use-case-usage': JSON.stringify({
    [key]: [
      {
        type: 'ads_management',
        call_count: percent,
        total_cputime: percent,
        total_time: percent,
        estimated_time_to_regain_access: regainMinutes,
        ads_api_access_tier: 'standard_access',
      },
    ],
  }),
  'x-app-usage': JSON.stringify({ call_count: percent, total_time: percent, total_cputime: percent }),
});
