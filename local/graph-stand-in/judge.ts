import * as z from 'zod';
import { Event } from './event.ts';
import { type Evidence, from } from './evidence.ts';
import { invalidParameter, type StandInError, standInErrors } from './stand-in-error.ts';
import { rules } from './rules.ts';

const mostEvents = 1_000;

/** Members beside `data`. @see https://developers.facebook.com/docs/marketing-api/conversions-api/using-the-api */
const Envelope = z.looseObject({
  test_event_code: z.string().nullish(),
  // Under 23 characters, of which two are letters.
  partner_agent: z
    .string()
    .regex(/^(?=.*[A-Za-z].*[A-Za-z]).{1,22}$/)
    .nullish(),
  upload_tag: z.string().nullish(),
  appsecret_proof: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish(),
});

/** Sources of the types of members. */
export const memberRules: readonly { readonly means: string; readonly evidence: Evidence }[] = [
  { means: 'A member beside data is not of the type it must have.', evidence: from('mainBody') },
  {
    means: 'partner_agent does not have fewer than 23 characters, two of them letters.',
    evidence: from('endToEnd', 'that a wrong one is refused is assumed'),
  },
  { means: 'A member of an event is missing, or not of the type it must have.', evidence: from('serverEvent') },
  { means: 'A member of user_data is not of the type it must have.', evidence: from('customerInformation') },
  {
    means: 'A member of custom_data is not of the type it must have; value may be a number in text.',
    evidence: from('customData', 'a sample of App Events has a value in text'),
  },
  { means: 'A member of app_data is not of the type it must have.', evidence: from('appData') },
];

/**
 * Holds what came in `data`, and the members beside it, against the rules. One bad event refuses all.
 *
 * @param data undefined when it was no list
 */
export function judge(
  envelope: Readonly<Record<string, unknown>>,
  data: readonly unknown[] | undefined,
  now: Date,
): StandInError | undefined {
  const beside = Envelope.safeParse(envelope);
  if (!beside.success) return wrongType(beside.error);
  if (data === undefined || data.length === 0) return standInErrors.noData;
  if (data.length > mostEvents) return standInErrors.tooManyEvents;

  const events: Event[] = [];
  for (const sent of data) {
    const parsed = Event.safeParse(sent);
    if (!parsed.success) return wrongType(parsed.error);
    events.push(parsed.data);
  }
  const broken = rules.find(({ test }) => !events.every((event) => test(event, now)));
  return broken && { ...invalidParameter(broken.means, broken.subcode), code: broken.code };
}

function wrongType({ issues: [issue] }: z.ZodError): StandInError {
  const path = (issue?.path ?? []).filter((step) => typeof step === 'string').join('.');
  return invalidParameter(
    path === '' ? 'An event is not an object.' : `${path} is missing, or not of the type it must have.`,
  );
}
