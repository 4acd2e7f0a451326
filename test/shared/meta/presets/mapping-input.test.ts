import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineConfig, type MappingInput } from '../../../../shared/authoring.ts';

const trigger = 'type = "track" and event = "Any"';

/** Mappings that an editor refuses while a configuration is written. Each of these is refused when it is loaded, too. */
const refused = (): readonly MappingInput[] => [
  // @ts-expect-error misspelt
  { name: 'a', action: 'purchase', fields: { valeu: 5 } },
  // @ts-expect-error misspelt, whatever else the mapping says
  { name: 'b', action: 'standard', trigger, enabled: true, fields: { event_name: 'Lead', curency: 'EUR' } },
  // @ts-expect-error of another action
  { name: 'c', action: 'purchase', trigger, fields: { search_string: 'x' } },
  // @ts-expect-error no name of its own
  { name: 'd', action: 'addToCart', fields: { event_name: 'AddToCart' } },
  // @ts-expect-error no standard event
  { name: 'e', action: 'standard', trigger, fields: { event_name: 'Leads' } },
  // @ts-expect-error no action source
  { name: 'f', action: 'custom', trigger, fields: { action_source: 'web' } },
  // @ts-expect-error no action
  { name: 'g', action: 'purchse', fields: { action_source: 'website' } },
  // @ts-expect-error a member of the mapping itself
  { name: 'h', action: 'purchase', triger: trigger, fields: { action_source: 'website' } },
  // @ts-expect-error misspelt in a mapping that is written out whole
  { name: 'i', action: 'custom2', trigger, defaults: false, fields: { event_nam: 'Lead' } },
  {
    name: 'j',
    action: 'purchase',
    fields: {
      action_source: 'website',
      user_data: {
        // @ts-expect-error misspelt within an object, on the line of the name
        emial: { '@path': '$.properties.email' },
      },
    },
  },
  {
    name: 'k',
    action: 'search',
    fields: {
      action_source: 'website',
      contents: [
        {
          // @ts-expect-error misspelt within a line
          item_prise: 1,
        },
      ],
    },
  },
  {
    name: 'l',
    action: 'custom',
    trigger,
    fields: {
      action_source: 'business_messaging',
      // @ts-expect-error no channel
      messaging_channel: 'sms',
      original_event_data: {
        // @ts-expect-error misspelt
        even_time: 1,
      },
    },
  },
];

/** An export of Segment, read from a file: what is in it only the load can tell. */
const exported: readonly { readonly action: string; readonly fields: Readonly<Record<string, unknown>> }[] = [
  { action: 'purchase2', fields: { __segment_internal_sync_mode: 'add', someName: 1 } },
];

const taken: readonly MappingInput[] = [
  { name: 'a', action: 'purchase', fields: { action_source: 'website', user_data: { '@path': '$.context.traits' } } },
  { name: 'b', action: 'purchase2', defaults: false, fields: { __segment_internal_sync_mode: 'add', value: 1 } },
  ...exported.map((mapping, index) => ({ ...mapping, name: `${index}`, defaults: false as const })),
];

describe('a mapping as it is written', () => {
  it('is refused by the types where it would be refused at load', () => {
    expect(refused()).toHaveLength(12);
  });

  it('is taken with directives, as a whole, and from elsewhere', () => {
    expect(taken).toHaveLength(3);
    expectTypeOf<(typeof taken)[number]>().toEqualTypeOf<MappingInput>();
    expectTypeOf<{ name: string; action: 'purchase'; fields: { value: number } }>().toExtend<MappingInput>();
    expectTypeOf<{ name: string; action: 'refund' }>().not.toExtend<MappingInput>();
  });

  it.each(refused().filter(({ defaults }) => defaults !== false))('is refused at load as well: $name', (mapping) => {
    const main = { datasetId: '1', accessTokenSecret: 'token', mappings: [mapping] };

    expect(() => defineConfig({ sources: {}, destinations: { main } })).toThrow(/The configuration is not valid/);
  });
});
