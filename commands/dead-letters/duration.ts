const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a duration such as `90s`, `30m`, `3h` or `2d`; undefined for any other text. */
export function readDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return unit === undefined ? undefined : Number(amount) * unitMs[unit as keyof typeof unitMs];
}

/** The same the other way round, in the largest unit that it fills: 100 minutes are `1h`. */
export function durationText(ms: number): string {
  const unit = (['d', 'h', 'm'] as const).find((each) => ms >= unitMs[each]) ?? 's';
  return `${Math.max(0, Math.floor(ms / unitMs[unit]))}${unit}`;
}
