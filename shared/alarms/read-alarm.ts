import * as z from 'zod/mini';
import { jsonOrNothing } from '../lib/json/json-or-nothing.ts';

/** An alarm as CloudWatch publishes it; the other members say the same in other words. */
const AlarmMessage = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.nullish(z.string()),
  NewStateValue: z.string(),
  NewStateReason: z.optional(z.string()),
  StateChangeTime: z.string(),
  Region: z.optional(z.string()),
  AlarmArn: z.optional(z.string()),
});

/** An alarm that rings, or is over. */
export interface RingingAlarm {
  readonly name: string;
  /** Meaning and first thing to do. */
  readonly says: string;
  readonly isOver: boolean;
  readonly since: Date;
  /** Such as `eu-west-1`; undefined where the message does not name it. */
  readonly region: string | undefined;
}

/** @returns undefined for what is no alarm of CloudWatch, such as the confirmation of a subscription */
export function readAlarm(text: string): RingingAlarm | undefined {
  const { data } = z.safeParse(AlarmMessage, jsonOrNothing(text));
  if (data === undefined) return undefined;
  const { AlarmName: name, AlarmDescription, NewStateReason, StateChangeTime, NewStateValue, AlarmArn } = data;
  const since = new Date(StateChangeTime.replace(/(\+\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isNaN(since.getTime())) return undefined;
  return {
    name,
    says: AlarmDescription || NewStateReason || name,
    isOver: NewStateValue === 'OK',
    since,
    // The ARN names the region as programs do; `Region` is its name for people.
    region: AlarmArn?.split(':')[3],
  };
}
