import { assumed, type Evidence, from } from './evidence.ts';
import { errorName, graphErrors } from './graph-errors.ts';
import { memberRules } from './judge.ts';
import { type KnownError, standInErrors } from './stand-in-error.ts';
import { rules } from './rules.ts';
import { warnings } from './warnings.ts';

/** A line of the list of everything the stand-in does of its own, and why. */
export interface ListedRule {
  readonly when: string;
  readonly evidence: Evidence;
  readonly status?: number;
  readonly code?: number;
  readonly subcode?: number;
}

const evidenceOf = (known: KnownError): Evidence =>
  'source' in known ? from(known.source, known.note) : assumed(known.note);

const listed = (known: KnownError): ListedRule => ({
  when: known.means,
  evidence: evidenceOf(known),
  status: known.status,
  code: known.code,
  ...(known.subcode !== undefined && { subcode: known.subcode }),
});

const asRefusal = { status: 400, code: 100 };
const given: ReadonlySet<string> = new Set(Object.values(standInErrors).map(errorName));

/** Every rule by its kind. The guide's tables are made of it. */
export const ruleList = {
  request: Object.values(standInErrors).map(listed),
  members: memberRules.map(({ means, evidence }) => ({ ...asRefusal, when: means, evidence })),
  event: rules.map(({ means, evidence, code, subcode }) => ({
    status: 400,
    code,
    ...(subcode !== undefined && { subcode }),
    when: means,
    evidence,
  })),
  warning: warnings.map(({ means, evidence }) => ({ when: means, evidence })),
  behaviour: [
    {
      when: 'One bad event refuses the whole request, and the answer does not say which one it was.',
      evidence: from('usingTheApi'),
    },
    {
      when: 'A second event of the same dataset, name and event id within 48 hours is counted in `events_received`, and is a duplicate.',
      evidence: from('deduplication'),
    },
    {
      when: 'A second sale in a shop with the same dataset, name, time, `item_number` and `order_id` (else the same person) within 7 days is a duplicate, whatever its event id.',
      evidence: from('offlineEvents'),
    },
    {
      when: 'Events with a `test_event_code` are taken like all others.',
      evidence: from('usingTheApi'),
    },
    {
      when: 'A version that has expired is answered by the oldest one left, with `X-Ad-Api-Version-Warning`.',
      evidence: from('versioning'),
    },
    {
      when: 'A list is paged by `limit`, `after` and `before`, with 25 on a page and 100 at most.',
      evidence: from('results', 'the largest page is assumed'),
    },
    {
      when: 'With a limit of calls, answers have `X-Business-Use-Case-Usage` and `X-App-Usage`.',
      evidence: from('rateLimiting', 'that they come on the events edge is assumed'),
    },
  ],
  onRequest: [...graphErrors].filter(([name]) => !given.has(name)).map(([, known]) => listed(known)),
} as const satisfies Readonly<Record<string, readonly ListedRule[]>>;
