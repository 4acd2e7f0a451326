import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemberReader } from '../../../shared/lib/json/reader/member-reader.ts';
import { eventNameOf } from '../../../shared/record/event-name.ts';
import { identifiersOf } from '../../../shared/record/person-digests.ts';
import { createRecordedMembersReader, recordedMembers } from '../../../shared/record/recorded-members.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { anyEvent } from '../../support/any-event.ts';

const toldOf = (members: JsonObject) => [eventNameOf(members), identifiersOf(members)];

const person = fc.record(
  {
    userId: fc.constantFrom('u-1', 7, null, { id: 1 }),
    traits: fc.constantFrom({ email: 'a@x.example', address: { phone: '+49 1' } }, [{ Email: 'b@x.example' }], 'x'),
    properties: fc.constantFrom({ orderId: 12, items: [{ user_email: 'c\u00e9@x.example' }] }, []),
    context: fc.constantFrom({ traits: { mobile: '1' }, email: 'no@x.example' }, { traits: null }, 'none', null),
  },
  { requiredKeys: [] },
);

describe('the reader of what receipts tell', () => {
  it('fast equals general: names and persons of any event', () => {
    const reader = createMemberReader(recordedMembers());
    let persons = 0;
    fc.assert(
      fc.property(anyEvent, person, (event, more) => {
        const json = JSON.stringify({ ...event, ...more });

        expect(reader.open(json)).toBe(true);
        const told = toldOf(reader.read() as JsonObject);
        expect(told).toEqual(toldOf(JSON.parse(json) as JsonObject));
        persons += told[1]?.length ?? 0;
      }),
      { seed: 31, numRuns: 500 },
    );
    expect(persons).toBeGreaterThan(500);
  });

  it('leaves out the rest once it is warm, and tells the same', async () => {
    const read = createRecordedMembersReader(3);
    const json = JSON.stringify({
      type: 'track',
      event: 'Seen',
      userId: 'u-1',
      other: 1,
      context: { ip: '192.0.2.1' },
    });

    expect([read(json), read(json)].map((members) => 'other' in members)).toEqual([true, true]);
    await expect.poll(() => 'other' in read(json)).toBe(false);
    expect(toldOf(read(json))).toEqual(['Seen', [{ kind: 'userId', value: 'u-1' }]]);
  });

  it('parses what the fast reader has no room for', async () => {
    const read = createRecordedMembersReader(0);
    await expect.poll(() => 'other' in read('{"type":"track","other":1}')).toBe(false);

    expect(read(JSON.stringify({ userId: 'u-1', other: 'x'.repeat(2_000_000) }))).toMatchObject({ userId: 'u-1' });
  });
});
