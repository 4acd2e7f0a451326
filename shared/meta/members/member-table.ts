import { actions } from '../actions/actions.ts';
import { refusedMembers } from '../actions/other-names.ts';
import type { Action } from '../event/action.ts';
import { appDataPath } from '../event/app-data.ts';
import { customDataMembers } from '../event/custom-data-members.ts';
import type { Field, Fields } from '../event/field.ts';
import { keyOfName, matchKeyTable } from '../user-data/match-key-table.ts';
import { type Help, helpOf } from './field-help.ts';
import { type PageName, pages } from './pages.ts';

/** An object of a request to the events edge. */
export type MetaObject =
  | 'request'
  | 'server event'
  | 'user_data'
  | 'custom_data'
  | 'contents'
  | 'app_data'
  | 'messaging_outcome_data'
  | 'original_event_data'
  | 'attribution_data'
  | 'attribution_setting';

interface Described {
  readonly object: MetaObject;
  /** Name on the wire; of an entry of a list with its position, `extinfo[4]`. */
  readonly member: string;
  readonly help: string;
  /** Address of Meta's page. */
  readonly page: string | undefined;
}

/** A member that mappings fill. */
export interface MappedMember extends Described {
  readonly how: 'mapping';
  /** Where a mapping writes it, below `fields`: `user_data.email`. */
  readonly path: string;
  readonly field: Field;
  /** Keys of the actions that have it. */
  readonly actions: readonly string[];
  /** Whether it is sent as a SHA-256 digest. */
  readonly hashed: boolean;
}

/** A member of the request that a setting of the destination fills, or that is never sent. */
export interface OtherMember extends Described {
  readonly how: 'setting' | 'refused';
}

export type Member = MappedMember | OtherMember;

/** The object that the fields of a holder end up in. */
const objectOf: Readonly<Record<string, MetaObject>> = {
  user_data: 'user_data',
  contents: 'contents',
  app_data_field: 'app_data',
  messaging_outcome_data: 'messaging_outcome_data',
  original_event_data: 'original_event_data',
  attribution_data: 'attribution_data',
  attribution_setting: 'attribution_setting',
};

const hashedKeys: ReadonlySet<string> = new Set(matchKeyTable.filter((row) => 'hashed' in row).map(({ key }) => key));

const pageOf = (page: PageName | undefined): string | undefined => page && pages[page].url;

/** Fields that steer the pipeline and are no members. */
const steering: ReadonlySet<string> = new Set([
  ...['leave_out_bad_items', 'count_items', 'custom_data_without', 'app_data_field.use_app_data', 'test_event_code'],
]);

function* membersIn(
  fields: Fields,
  holder: string,
  above: readonly string[],
): Generator<Omit<MappedMember, 'actions'>> {
  for (const [name, field] of Object.entries(fields)) {
    const steps = [...above, name];
    const path = steps.join('.');
    const help: Help = helpOf(holder, name) ?? { text: field.label };
    if (!steering.has(path)) {
      const [object, member] = placeOnWire(holder, name);
      const hashed = object === 'user_data' && hashedKeys.has(member);
      yield { how: 'mapping', object, member, path, field, hashed, help: help.text, page: pageOf(help.page) };
    }
    if (field.properties !== undefined) yield* membersIn(field.properties, name, steps);
  }
}

function placeOnWire(holder: string, name: string): readonly [MetaObject, string] {
  if (holder === 'user_data') return ['user_data', keyOfName[name] ?? name];
  if (holder === 'app_data_field') return ['app_data', appDataPath(name)];
  if (holder !== 'fields') return [objectOf[holder] ?? 'custom_data', name];
  if (name === 'app_data_field') return ['server event', 'app_data'];
  return [Object.hasOwn(customDataMembers, name) ? 'custom_data' : 'server event', name];
}

function mappedMembers(): MappedMember[] {
  const rows = new Map<string, MappedMember>();
  for (const [key, { fields }] of Object.entries<Action>(actions)) {
    for (const member of membersIn(fields, 'fields', [])) {
      const known = rows.get(member.path);
      rows.set(member.path, { ...(known ?? member), actions: [...(known?.actions ?? []), key] });
    }
  }
  return [...rows.values()];
}

const settings: readonly OtherMember[] = [
  {
    how: 'setting',
    object: 'request',
    member: 'test_event_code',
    help: 'testEventCode of the destination, or the field test_event_code of a mapping.',
    page: pages.usingTheApi.url,
  },
  {
    how: 'setting',
    object: 'request',
    member: 'partner_agent',
    help: 'partnerAgent of the destination: the name of the platform that sends.',
    page: pages.endToEnd.url,
  },
  {
    how: 'setting',
    object: 'request',
    member: 'upload_tag',
    help: 'uploadTag of the destination: groups uploads of shop sales in Events Manager.',
    page: pages.offlineEvents.url,
  },
  {
    how: 'setting',
    object: 'request',
    member: 'access_token',
    help: 'In the header Authorization, from the secret accessTokenSecret of the destination.',
    page: pages.usingTheApi.url,
  },
  {
    how: 'setting',
    object: 'request',
    member: 'appsecret_proof',
    help: 'Made of the app secret, where the secret of the destination holds one.',
    page: pages.securing.url,
  },
  {
    how: 'setting',
    object: 'request',
    member: 'data',
    help: 'The events, up to 1,000 in a request.',
    page: pages.usingTheApi.url,
  },
];

const refused: readonly OtherMember[] = Object.entries(refusedMembers).flatMap(([object, members]) =>
  Object.entries(members)
    .filter(([member]) => object !== 'request' || settings.every((row) => row.member !== member))
    .map(
      ([member, help]): OtherMember => ({
        how: 'refused',
        object: object as MetaObject,
        member,
        help,
        page: undefined,
      }),
    ),
);

/**
 * Every member of a request to Meta that is known: what it is called on the wire, where and how a mapping writes it, its type,
 * choices and defaults, what it is for, Meta's page, and whether it is hashed. The declarations of the fields that delivery reads
 * are the one half of it, the texts the other, so that functions carry no texts.
 */
export const memberTable: readonly Member[] = [...mappedMembers(), ...settings, ...refused];
