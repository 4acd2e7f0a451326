import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { preview } from '../../../../commands/preview/preview.ts';
import { type Answer, differenceFrom, instantOf, type SegmentVector } from '../../../support/compare-server-event.ts';

const vectors = readFileSync(new URL('../../../vectors/segment-actions.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): SegmentVector => JSON.parse(line));

/** Where ours differs on purpose from what Segment posts, and how the difference shows. */
const deliberate: Readonly<Record<string, readonly [difference: string, reason: string]>> = {
  'sa-09186c1233db': ['user_data.em', 'a number is no email address, so it is left out'],
  'sa-130cf142eccb': ['user_data.ct', 'Meta has digits taken out of a city'],
  'sa-28997a858eb9': ['custom_data.contents', 'Meta refuses the whole request for a product line without an id'],
  'sa-4d0da7841a3b': ['user_data.zp', 'Meta has symbols taken out of a postal code'],
  'sa-6a8e27bf3bb9': ['user_data.zp', 'Meta has symbols taken out of a postal code'],
  'sa-74cc078a443b': ['user_data.st', 'a state of digits has no letters left, so it is left out'],
  'sa-93a67d90d86c': ['user_data.em', 'a number is no email address, so it is left out'],
  'sa-ab2eaf2ff121': ['user_data.zp', 'Meta has dashes taken out of a postal code'],
  'sa-c01189ff73b5': ['custom_data.predicted_ltv', 'a number that is text goes as a number, which Meta asks for'],
  'sa-c7a02e563521': ['expected an error, not request', 'SLE is a currency today'],
  'sa-e301b17aceaf': ['user_data.zp', 'the text "null" stands for a missing value'],
  'sa-e31d06a6f4ff': ['user_data.fn', 'an accent in two characters is composed into one before it is hashed'],
  'sa-e543d01b497c': ['user_data.lead_id', 'an id beyond 2^53 stays text and so keeps its last digit'],
  'sa-ed0c083b302b': ['expected an error, not request', 'VED is a currency today'],
  'sa-fbacd7a2b91d': ['expected a refusal, not request', 'a phone number in Arabic digits is a phone number'],
};

/** A minute after the event, so that no age rule applies. */
function nowFor({ expected, event }: SegmentVector): string {
  const at = instantOf(expected.request?.data[0]?.['event_time']) ?? instantOf(event['timestamp']);
  return at === undefined ? '2026-06-01T12:00:00.000Z' : new Date(at + 60_000).toISOString();
}

async function answerTo(vector: SegmentVector): Promise<Answer> {
  const { id, action, subscription, settings, mapping, event } = vector;
  const line = JSON.stringify({ id, now: nowFor(vector), action, subscription, settings, mapping, event });
  return JSON.parse(await preview(line, () => Promise.reject(new Error('No configuration is needed.'))));
}

describe('vectors of Segment’s destination', () => {
  it('are all here, those that differ on purpose among them', () => {
    const ids = new Set(vectors.map(({ id }) => id));

    expect(ids.size).toBe(845);
    expect(Object.keys(deliberate).filter((id) => !ids.has(id))).toEqual([]);
  });

  it.each(vectors.filter(({ id }) => !(id in deliberate)))('$id agrees ($action, $note)', async (vector) => {
    expect(differenceFrom(vector, await answerTo(vector))).toBeUndefined();
  });

  it.each(Object.entries(deliberate).map(([id, [difference, reason]]) => ({ id, difference, reason })))(
    '$id differs: $reason',
    async ({ id, difference }) => {
      const vector = vectors.find((each) => each.id === id) as SegmentVector;

      expect(differenceFrom(vector, await answerTo(vector))).toBe(difference);
    },
  );
});
