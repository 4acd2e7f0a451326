import type { Selection } from './fields.ts';
import { type StandInError, standInErrors } from './stand-in-error.ts';
import type { Business, Dataset, TokenFacts, World } from './world.ts';

/** World and request that fields are read from. */
export interface Scene {
  readonly world: World;
  readonly lastFiredAt: (datasetId: string) => Date | undefined;
}

/** A kind of object: what Graph calls it, the fields that come unasked, and how each field is read. */
interface Kind<Node> {
  readonly type: string;
  readonly unasked: readonly string[];
  /** `undefined` leaves the field out. */
  readonly fields: Readonly<Record<string, (node: Node, scene: Scene, inner: Selection) => unknown>>;
}

/** Graph's form of a time: `2026-11-22T12:00:00+0000`. */
const graphTime = (date: Date | undefined): string | undefined => date?.toISOString().replace(/\.\d{3}Z$/, '+0000');

export const businessKind: Kind<Business> = {
  type: 'Business',
  unasked: ['id', 'name'],
  fields: { id: ({ id }) => id, name: ({ name }) => name },
};

export const userKind: Kind<TokenFacts> = {
  type: 'User',
  unasked: ['name', 'id'],
  fields: { id: ({ userId }) => userId, name: ({ name }) => name },
};

export const permissionKind: Kind<string> = {
  type: 'Permission',
  unasked: ['permission', 'status'],
  fields: { permission: (scope) => scope, status: () => 'granted' },
};

const dayMs = 86_400_000;
const seconds = (date: Date | undefined, daysAround: number): number | undefined =>
  date && Math.floor((date.getTime() + daysAround * dayMs) / 1_000);

/** @see https://developers.facebook.com/docs/marketing-api/reference/ads-pixel */
export const datasetKind: Kind<Dataset> = {
  type: 'AdsPixel',
  unasked: ['id'],
  fields: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    last_fired_time: ({ id }, { lastFiredAt }) => graphTime(lastFiredAt(id)),
    is_unavailable: ({ isUnavailable }) => isUnavailable ?? false,
    is_consolidated_container: () => true,
    data_use_setting: () => 'ADVERTISING_AND_ANALYTICS',
    event_time_min: ({ id }, { lastFiredAt }) => seconds(lastFiredAt(id), -7),
    event_time_max: ({ id }, { lastFiredAt }) => seconds(lastFiredAt(id), 0),
    owner_business({ businessId, relation }, { world }, inner) {
      const owner = relation === 'client' ? undefined : world.businesses.find(({ id }) => id === businessId);
      if (owner === undefined) return undefined;
      const selected = selectFields(businessKind, owner, { world, lastFiredAt: () => undefined }, inner);
      return 'error' in selected ? undefined : selected.body;
    },
  },
};

/** The fields of an object that were asked for, or those that come unasked, always with its id. */
export function selectFields<Node>(
  kind: Kind<Node>,
  node: Node,
  scene: Scene,
  asked: Selection,
): { readonly body: object } | { readonly error: StandInError } {
  const names = asked.size === 0 ? kind.unasked : asked.keys();
  const body: Record<string, unknown> = {};
  for (const name of [...names, ...('id' in kind.fields ? ['id'] : [])]) {
    const read = Object.hasOwn(kind.fields, name) ? kind.fields[name] : undefined;
    if (read === undefined) return { error: unknownField(name, kind.type) };
    const value = read(node, scene, asked.get(name) ?? new Map());
    if (value !== undefined) body[name] = value;
  }
  return { body };
}

export const unknownField = (name: string, type: string): StandInError => ({
  ...standInErrors.unknownEdge,
  message: `(#100) Tried accessing nonexisting field (${name}) on node type (${type})`,
  means: `${type} has no field or edge of this name here.`,
});
