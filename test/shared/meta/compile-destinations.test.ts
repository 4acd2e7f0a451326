import { describe, expect, it } from 'vitest';
import { Config, type ConfigInput } from '../../../shared/config/config.ts';
import { ConfigurationError, type Issue } from '../../../shared/errors.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import { now } from '../../support/factories.ts';
import { order } from '../delivery/delivery-fixture.ts';

type MappingInput = ConfigInput['destinations'][string]['mappings'][number];

const fields = { action_source: 'system_generated' };

/** Every mapping needs a source, which most of these are not about. */
const withSource = (mapping: MappingInput): MappingInput => ({ ...mapping, fields: { ...fields, ...mapping.fields } });

const compile = (mappings: readonly MappingInput[]): Promise<ReadonlyMap<string, CompiledDestination>> =>
  compileDestinations(
    Config.parse({
      sources: {},
      destinations: { main: { datasetId: '1', accessTokenSecret: 'token', mappings: mappings.map(withSource) } },
    }),
    sha256Hex,
  );

async function issuesOf(mappings: readonly MappingInput[]): Promise<readonly Issue[]> {
  const error = await compile(mappings).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ConfigurationError) return error.issues;
  throw new Error(`Expected a ConfigurationError, got ${error}`);
}

async function serverEventOf(mapping: MappingInput): Promise<Record<string, unknown>> {
  const main = (await compile([mapping])).get('main') as CompiledDestination;
  const [verdict] = planEvent(order(1), main, now);
  if (verdict?.status === 'ready') return JSON.parse(verdict.json);
  throw new Error(`Expected a server event, got ${JSON.stringify(verdict)}`);
}

describe('compileDestinations', () => {
  it('names every problem of every mapping at once, with its place', async () => {
    const issues = await issuesOf([
      { name: 'a', action: 'purchased' },
      { name: 'b', action: 'purchase', trigger: 'type = ' },
      { name: 'c', action: 'custom' },
      { name: 'd', action: 'purchase', trigger: 'type = "page"', fields: { value: { '@pat': '$.x' } } },
    ]);

    expect(issues.map(({ path }) => path)).toEqual([
      'destinations.main.mappings[0].action',
      'destinations.main.mappings[1].trigger',
      'destinations.main.mappings[2].trigger',
      expect.stringMatching(/^destinations\.main\.mappings\[3\]\.fields\/value/),
    ]);
    expect(issues[0]?.message).toContain('purchase, initiateCheckout');
  });

  it('names every fault of one mapping at once', async () => {
    const issues = await issuesOf([
      {
        name: 'a',
        action: 'purchase',
        trigger: 'type = ',
        fields: {
          action_source: 'web',
          valeu: { '@path': '$.properties.total' },
          currency: 'EURO',
          user_data: { emial: 'x', phone: { '@pat': '$.x' } },
          contents: { '@arrayPath': ['$.properties.products', { id: 'a', quantitty: 1 }] },
        },
      },
    ]);

    const mapping = 'destinations.main.mappings[0]';
    expect(issues.map(({ path }) => path).toSorted()).toEqual(
      [
        `${mapping}.trigger`,
        `${mapping}.fields/user_data/phone`,
        `${mapping}.fields.valeu`,
        `${mapping}.fields.user_data.emial`,
        `${mapping}.fields.contents.quantitty`,
        `${mapping}.fields.action_source`,
        `${mapping}.fields.currency`,
      ].toSorted(),
    );
  });

  it('lays the fields over the defaults of the action, member by member', async () => {
    const event = await serverEventOf({
      name: 'purchase',
      action: 'purchase',
      fields: { ...fields, user_data: { email: 'other@example.com' }, value: 7 },
    });

    expect(event).toMatchObject({
      event_id: 'order-1',
      custom_data: { value: 7, order_id: 'O-1' },
      user_data: { external_id: [expect.any(String)], em: expect.any(String) },
    });
  });

  it('takes a directive in place of an object’s members', async () => {
    const event = await serverEventOf({
      name: 'purchase',
      action: 'purchase',
      fields: { ...fields, user_data: { '@merge': { direction: 'right', objects: [{ externalId: 'x' }] } } },
    });

    expect(Object.keys(event['user_data'] as object)).toEqual(['external_id']);
  });

  it('takes the fields as the whole mapping without defaults', async () => {
    const event = await serverEventOf({
      name: 'whole',
      action: 'custom',
      trigger: 'type = "track"',
      defaults: false,
      fields: {
        ...fields,
        event_name: 'Probe',
        event_time: { '@path': '$.timestamp' },
        user_data: { externalId: 'probe' },
      },
    });

    expect(Object.keys(event)).toEqual(['event_name', 'event_time', 'action_source', 'user_data', 'custom_data']);
  });

  it('takes V2 actions with the sync mode of the configuration', async () => {
    expect(await serverEventOf({ name: 'v2', action: 'purchase2', fields })).toMatchObject({ event_name: 'Purchase' });
  });

  it('loads Liquid where a mapping uses it', async () => {
    const event = await serverEventOf({
      name: 'liquid',
      action: 'purchase',
      fields: { ...fields, event_id: { '@liquid': '{{ messageId | upcase }}' } },
    });

    expect(event['event_id']).toBe('ORDER-1');
  });

  it('leaves out a mapping that is switched off, whatever is wrong with it', async () => {
    const compiled = await compile([
      { name: 'on', action: 'purchase', fields },
      { name: 'off', action: 'nonsense', enabled: false },
    ]);

    expect(compiled.get('main')?.mappings.map(({ name }) => name)).toEqual(['on']);
  });

  describe('refuses two mappings that would send the same event', () => {
    it.each<[string, MappingInput, MappingInput]>([
      ['with one trigger', { name: 'a', action: 'purchase' }, { name: 'b', action: 'purchase' }],
      ['in both versions of an action', { name: 'a', action: 'purchase' }, { name: 'b', action: 'purchase2' }],
      [
        'with the default trigger written out',
        { name: 'a', action: 'purchase' },
        { name: 'b', action: 'purchase', trigger: 'type = "track"  and event = "Order Completed"' },
      ],
      [
        'under one custom name',
        { name: 'a', action: 'custom', trigger: 'type = "page"', fields: { event_name: 'X' } },
        { name: 'b', action: 'custom', trigger: ' type  = "page"', fields: { event_name: 'X' } },
      ],
    ])('%s', async (_, first, second) => {
      expect(await issuesOf([first, second])).toMatchObject([
        { path: 'destinations.main.mappings[1]', message: expect.stringContaining('"a"') },
      ]);
    });

    it.each<[string, MappingInput, MappingInput]>([
      [
        'the names differ',
        { name: 'a', action: 'custom', trigger: 'type = "page"', fields: { event_name: 'X' } },
        { name: 'b', action: 'custom', trigger: 'type = "page"', fields: { event_name: 'Y' } },
      ],
      [
        'the event ids differ',
        { name: 'a', action: 'purchase' },
        { name: 'b', action: 'purchase', fields: { event_id: { '@path': '$.properties.order_id' } } },
      ],
      [
        'the triggers differ',
        { name: 'a', action: 'purchase' },
        { name: 'b', action: 'purchase', trigger: 'type = "page"' },
      ],
      ['one is switched off', { name: 'a', action: 'purchase' }, { name: 'b', action: 'purchase', enabled: false }],
    ])('but not when %s', async (_, first, second) => {
      await expect(compile([first, second])).resolves.toBeInstanceOf(Map);
    });
  });

  describe('refuses two destinations of a source that would send the same event to one dataset', () => {
    const purchase = { name: 'a', action: 'purchase', fields };
    const search = { name: 'b', action: 'search', fields };

    const compileAll = (
      given: Readonly<Record<string, readonly [datasetId: string, ...mappings: MappingInput[]]>>,
      sources: Readonly<Record<string, readonly string[]>> = { shop: Object.keys(given) },
    ) =>
      compileDestinations(
        Config.parse({
          sources: Object.fromEntries(
            Object.entries(sources).map(([name, destinations]) => [
              name,
              { writeKeyHashes: ['0'.repeat(64)], destinations },
            ]),
          ),
          destinations: Object.fromEntries(
            Object.entries(given).map(([name, [datasetId, ...mappings]]) => [
              name,
              { datasetId, accessTokenSecret: 'token', mappings },
            ]),
          ),
        }),
        sha256Hex,
      );

    it('says which, and what to do', async () => {
      await expect(
        compileAll({
          main: ['1', purchase],
          other: ['1', { ...search, name: 'x' }, { ...purchase, name: 'b', action: 'purchase2' }],
        }),
      ).rejects.toMatchObject({
        issues: [
          {
            path: 'sources.shop.destinations[1]',
            message:
              '"other" and "main" send the same event for the same trigger to one dataset, by their mappings "b" and "a", ' +
              'and Meta would keep only one of the two; switch one of these mappings off, give it another trigger or ' +
              'event_id, or send to another dataset',
          },
        ],
      });
    });

    it('says so once for every pair of every source', async () => {
      const all = [purchase, search] as const;

      await expect(
        compileAll(
          { main: ['1', ...all], other: ['1', ...all], third: ['1', ...all] },
          { shop: ['main', 'other', 'third'], app: ['third', 'main'], site: ['main'] },
        ),
      ).rejects.toMatchObject({
        issues: [
          { path: 'sources.shop.destinations[1]' },
          { path: 'sources.shop.destinations[2]', message: expect.stringContaining('"third" and "main"') },
          { path: 'sources.shop.destinations[2]', message: expect.stringContaining('"third" and "other"') },
          { path: 'sources.app.destinations[1]' },
        ],
      });
    });

    it.each<[string, ...Parameters<typeof compileAll>]>([
      ['the datasets differ', { main: ['1', purchase], other: ['2', purchase] }],
      ['no source has both', { main: ['1', purchase], other: ['1', purchase] }, { shop: ['main'], app: ['other'] }],
      ['their events differ', { main: ['1', purchase], other: ['1', { ...search, name: 'a' }] }],
      ['one mapping is switched off', { main: ['1', purchase], other: ['1', { ...purchase, enabled: false }] }],
      [
        'the event ids differ',
        {
          main: ['1', purchase],
          other: ['1', { ...purchase, fields: { ...fields, event_id: { '@path': '$.properties.id' } } }],
        },
      ],
    ])('but not when %s', async (_, ...given) => {
      await expect(compileAll(...given)).resolves.toBeInstanceOf(Map);
    });
  });
});
