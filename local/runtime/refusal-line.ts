import * as z from 'zod';
import { jsonOrNothing } from '../../shared/lib/json/json-or-nothing.ts';

const Line = z.object({
  message: z.literal('request refused'),
  status: z.number(),
  code: z.string(),
  reason: z.string(),
  fix: z.string(),
  source: z.string().optional(),
  requests: z.number(),
});

/** Requests that the ingest function refused as a whole, all for the same reason. */
export type RefusalLine = Omit<z.infer<typeof Line>, 'message'>;

/** Reads a line of the ingest function's log; undefined when it is about something else. */
export function readRefusal(line: string): RefusalLine | undefined {
  if (!line.includes('"request refused"')) return undefined;
  const { data } = Line.safeParse(jsonOrNothing(line));
  if (data === undefined) return undefined;
  const { message: _, ...refusal } = data;
  return refusal;
}

/** `refused 401 write_key_unknown: <message> <fix>` */
export function describeRefusal({ status, code, reason, fix, source, requests }: RefusalLine): string {
  const many = requests === 1 ? '' : ` (${requests} requests)`;
  return `refused ${status} ${code}${source === undefined ? '' : ` from ${source}`}${many}: ${reason} ${fix}`;
}
