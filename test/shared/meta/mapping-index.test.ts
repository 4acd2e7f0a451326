import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexMappings } from '../../../shared/meta/mapping-index.ts';
import { compileTrigger } from '../../../shared/fql/compile-trigger.ts';
import { triggerScope } from '../../../shared/fql/trigger-scope.ts';

const mapping = (fql: string) => ({ fql, matches: compileTrigger(fql), scope: triggerScope(fql) });

const triggers = [
  'type = "track" and event = "A"',
  'type = "page"',
  'event = "B" or event = "A"',
  'type = "track"',
  'contains(event, "A")',
  'type = "identify" or event = "B"',
  'type != "page"',
  'type = "track" and !(event = "A")',
];
const events = fc.record(
  {
    type: fc.constantFrom('track', 'page', 'identify', 'group', 7),
    event: fc.constantFrom('A', 'B', 'AB', 'toString', 3),
  },
  { requiredKeys: [] },
);

describe('indexMappings', () => {
  it('gives every mapping that matches, in their order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(triggers), events, (chosen, event) => {
        const mappings = chosen.map(mapping);

        const found = indexMappings(mappings)(event).filter(({ matches }) => matches(event));

        expect(found).toEqual(mappings.filter(({ matches }) => matches(event)));
      }),
    );
  });

  it('leaves out mappings that are about other events', () => {
    const about = (name: string) => mapping(`type = "track" and event = "${name}"`);
    const find = indexMappings([about('A'), about('B'), mapping('type = "page"')]);

    expect(find({ type: 'track', event: 'B' }).map(({ fql }) => fql)).toEqual(['type = "track" and event = "B"']);
    expect(find({ type: 'track', event: 'C' })).toEqual([]);
  });
});
