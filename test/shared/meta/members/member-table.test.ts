import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Config } from '../../../../shared/config/config.ts';
import { planEvent } from '../../../../shared/delivery/plan.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';
import { actions } from '../../../../shared/meta/actions/actions.ts';
import { sampleOf } from '../../../../shared/meta/actions/sample-values.ts';
import { unknownFields } from '../../../../shared/meta/actions/check-fields.ts';
import { compileDestinationsNow } from '../../../../shared/meta/compile-destinations.ts';
import { helpAt } from '../../../../shared/meta/members/field-help.ts';
import { type MappedMember, type MetaObject, memberTable } from '../../../../shared/meta/members/member-table.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { now } from '../../../support/factories.ts';

interface Sdk {
  readonly version: string;
  readonly objects: Readonly<Record<MetaObject, readonly string[]>>;
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

const vectors = resolve(import.meta.dirname, '../../../vectors/sdk-members.json');
const sdk = JSON.parse(readFileSync(vectors, 'utf8')) as Sdk;
const sdkMembers = Object.entries(sdk.objects).flatMap(([object, members]) =>
  members.map((member) => ({ object: object as MetaObject, member })),
);

const mapped = memberTable.filter((row): row is MappedMember => row.how === 'mapping');
const refused = memberTable.filter(({ how }) => how === 'refused');

function writtenAt([name = '', ...rest]: readonly string[], value: unknown): JsonObject {
  return { [name]: rest.length === 0 ? value : writtenAt(rest, value) };
}

const base = { externalId: 'user-1' };

/** An event that sends of `custom_data` what no field has. */
const sampleFor = ({ path, field }: MappedMember): unknown =>
  path === 'custom_data' ? { colour: 'red' } : sampleOf(path, field);

/** The server event of a mapping with one field, beside what every event needs. */
function sentWith(row: MappedMember): JsonObject {
  const [action = ''] = row.actions.toReversed();
  const isEventName = row.path === 'event_name';
  const written = writtenAt(row.path.split('.'), sampleFor(row));
  const mapping: JsonObject = {
    action_source: 'system_generated',
    content_ids: ['p-1'],
    ...(action === 'standard' || action === 'custom' ? { event_name: 'Lead' } : {}),
    ...(isEventName ? {} : written),
    user_data: { ...base, ...(written['user_data'] as JsonObject | undefined) },
    ...(row.path.startsWith('app_data_field') && {
      app_data_field: {
        use_app_data: true,
        version: 'a2',
        osVersion: '14',
        ...(written['app_data_field'] as JsonObject | undefined),
      },
    }),
    ...(row.path.startsWith('contents.') && { contents: [{ id: 'p-1', ...(written['contents'] as JsonObject) }] }),
    ...(row.path.startsWith('data_processing') && { data_processing_options: true }),
  };
  const config = Config.parse({
    sources: {},
    destinations: {
      main: {
        datasetId: '1',
        accessTokenSecret: 'token',
        mappings: [{ name: 'one', action, trigger: 'type = "track"', fields: mapping }],
      },
    },
  });
  const main = compileDestinationsNow(config, sha256Hex).get('main');
  if (main === undefined) throw new Error('There is no destination.');
  const event = { type: 'track', event: 'Test', messageId: 'm-1', timestamp: '2026-03-10T11:59:00.000Z' };
  const [verdict] = planEvent(event, main, now);
  if (verdict?.status !== 'ready') throw new Error(`Expected a server event, got ${JSON.stringify(verdict)}`);
  return JSON.parse(verdict.json) as JsonObject;
}

const holderOnWire: Readonly<Record<string, readonly string[]>> = {
  'server event': [],
  contents: ['custom_data', 'contents', '0'],
  attribution_setting: ['attribution_data', 'attribution_setting'],
};

const at = (value: unknown, steps: readonly string[]): unknown =>
  steps.reduce<unknown>((part, step) => (part as Readonly<Record<string, unknown>> | undefined)?.[step], value);

describe('the table of members', () => {
  it.each(sdkMembers)('knows $member of the $object, which the SDK can write', ({ object, member }) => {
    const own = memberTable.filter((row) => row.object === object && row.member === member);
    expect(own).not.toEqual([]);
  });

  it.each(sdkMembers)('sends $member of the $object, or refuses it by name', ({ object, member }) => {
    const row = memberTable.find((each) => each.object === object && each.member === member);
    if (row?.how === 'mapping') {
      const place = [...(holderOnWire[object] ?? [object]), member];
      expect(at(sentWith(row), place)).toBeDefined();
      return;
    }
    const holders = [
      [],
      ['user_data'],
      ['app_data_field'],
      ['contents'],
      ['original_event_data'],
      ['attribution_data'],
    ];
    for (const holder of row?.how === 'refused' ? holders : []) {
      const faults = unknownFields(actions.standard, writtenAt([...holder, member], 'x'));
      const isKnownThere = memberTable.some(
        ({ how, ...other }) => 'path' in other && other.path === [...holder, member].join('.') && how === 'mapping',
      );
      expect(faults.map(({ message }) => message)).toEqual(
        isKnownThere ? [] : [expect.stringMatching(/^cannot be sent: ./)],
      );
    }
    expect(row?.help).toMatch(/./);
  });

  it.each(mapped)('sends $path', (row) => {
    const [member, entry] = row.member.split(/[[\]]/);
    const place = [...(holderOnWire[row.object] ?? [row.object]), member ?? '', ...(entry ? [entry] : [])];
    const value = at(sentWith(row), place);

    expect(value).toBeDefined();
    if (row.hashed) expect([value].flat()).toEqual([value].flat().map(() => expect.stringMatching(/^[0-9a-f]{64}$/)));
  });

  it('has one row for each place', () => {
    const places = mapped.map(({ path }) => path);
    expect(places).toHaveLength(new Set(places).size);
  });

  it('explains every member in words', () => {
    for (const { help, member } of memberTable) expect(help, member).toMatch(/^[A-Za-z0-9].{3,}/);
  });

  it('has a page of Meta for every member but those of Segment, and those that are made from others', () => {
    const without = mapped.filter(({ page }) => page === undefined).map(({ path }) => path);

    expect(without).toEqual([
      'user_data.fullName',
      'user_data.partner_id',
      'user_data.partner_name',
      'user_data.clickUrl',
      'user_data.clickSearch',
      'user_data.clickReferrer',
    ]);
  });

  it.each(Object.entries(sdk.choices))('has the choices of %s that the SDK has', (path, choices) => {
    const { field } = mapped.find((row) => row.path === path) ?? {};
    expect(field?.choices?.toSorted()).toEqual(choices.toSorted());
  });

  it('gives a reason for each member that is refused', () => {
    expect(refused.length).toBeGreaterThan(15);
  });
});

describe('the help for a field of an explanation', () => {
  it.each([
    ['user_data.email', 'Email address.'],
    ['contents[0].item_price', 'Price of one.'],
    ['custom_data.value', 'What the event is worth, as a number. Required for Purchase.'],
    ['attribution_data.attribution_setting.inactivity_window_hours', 'Hours without use before a return counts anew.'],
  ])('is that of %s', (path, text) => {
    expect(helpAt(path)?.text).toBe(text);
  });

  it('is there for every member that a mapping fills', () => {
    for (const { path } of mapped) expect(helpAt(path), path).toBeDefined();
  });

  it.each(['user_data', 'colour', 'user_data.colour', 'constructor', '__proto__.toString'])(
    'is none that is made up: %s',
    (path) => {
      expect(helpAt(path)?.text).toBe(
        path === 'user_data' ? 'Who did it: the match keys, hashed where Meta wants it.' : undefined,
      );
    },
  );
});
