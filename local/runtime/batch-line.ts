import * as z from 'zod';
import { safeText } from '../../commands/kit/safe-text.ts';

const Reasons = z.record(z.string(), z.record(z.string(), z.number()));

const Report = z.object({
  message: z.literal('delivery report'),
  events: z.number(),
  delivered: z.number(),
  skipped: z.number(),
  dead: z.number(),
  waiting: z.number(),
  undecodable: z.number().default(0),
  requests: z.number(),
  durationMs: z.number(),
  reasons: Reasons.default({}),
  held: z.array(z.string()).optional(),
  holds: z.array(z.object({ destination: z.string(), sinceSeconds: z.number() })).optional(),
  mended: z.array(z.object({ destination: z.string() })).optional(),
  tokensRefused: z.array(z.string()).optional(),
  requestsThrottled: z.number().optional(),
  answers: z.object({ versionWarningTexts: z.record(z.string(), z.string()) }).optional(),
  ReceiptsMissed: z.number().optional(),
});

/** Report of the deliver function on one batch. */
export interface BatchLine extends Omit<z.infer<typeof Report>, 'message'> {
  readonly at: Date;
  /** Names of some of the events that were not delivered, by their reason, where they are known. */
  readonly names?: ReadonlyMap<string, readonly string[]>;
}

/** Reads a line of a function's log; undefined when it is no delivery report. */
export function readReport(line: string): BatchLine | undefined {
  if (!line.includes('"delivery report"')) return undefined;
  try {
    const parsed = Report.safeParse(JSON.parse(line));
    if (!parsed.success) return undefined;
    const { message: _, ...report } = parsed.data;
    return { at: new Date(), ...report };
  } catch {
    return undefined;
  }
}

/** `no_mapping_matches: Order Refunded, identify` */
function withNames(reason: string, names: BatchLine['names']): string {
  const known = names?.get(reason) ?? [];
  return known.length === 0 ? reason : `${reason}: ${known.map((name) => safeText(name, 60)).join(', ')}`;
}

/** `events 48/50 delivered, 1 waiting, 1 dead (212 ms)`, with the reasons for what was not delivered. */
export function describeBatch({
  events,
  delivered,
  skipped,
  waiting,
  dead,
  undecodable,
  reasons,
  durationMs,
  names,
}: BatchLine): string {
  const others = [
    [waiting, 'waiting', reasons['waiting']],
    [skipped, 'skipped', reasons['skipped']],
    [dead, 'dead', reasons['dead']],
    [undecodable, 'unreadable', undefined],
  ] as const;
  const parts = others
    .filter(([count]) => count > 0)
    .map(
      ([count, name, why]) =>
        `, ${count} ${name}${
          why === undefined
            ? ''
            : ` [${Object.keys(why)
                .map((reason) => withNames(reason, names))
                .join(', ')}]`
        }`,
    );
  return `events ${delivered}/${events} delivered${parts.join('')} (${durationMs} ms)`;
}
