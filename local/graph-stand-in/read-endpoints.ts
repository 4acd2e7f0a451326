import { isExpired } from './check-token.ts';
import { datasetQuality } from './dataset-quality.ts';
import { readFields, type Selection } from './fields.ts';
import {
  businessKind,
  datasetKind,
  permissionKind,
  type Scene,
  selectFields,
  unknownField,
  userKind,
} from './nodes.ts';
import { pageOf } from './paging.ts';
import { type StandInError, standInErrors } from './stand-in-error.ts';
import { type Business, type Dataset, datasetsOf, type TokenFacts } from './world.ts';

/** A GET that passed the checks of its token. */
export interface Reading extends Scene {
  /** Without the version, such as `['me', 'businesses']`. */
  readonly path: readonly string[];
  readonly url: URL;
  readonly facts: TokenFacts;
  /** Undefined for a token that is not accepted. */
  readonly factsOf: (token: string) => TokenFacts | undefined;
  readonly now: Date;
}

export type ReadAnswer = { readonly body: object } | { readonly error: StandInError };

const datasetScopes = ['ads_read', 'ads_management', 'business_management'];
const businessScopes = ['business_management'];
const has = ({ scopes }: TokenFacts, anyOf: readonly string[]): boolean =>
  anyOf.some((scope) => scopes.includes(scope));

/** Answers what lists the datasets a token reaches, and says what the token is. */
export function readEndpoint(reading: Reading): ReadAnswer {
  const { path, url, facts } = reading;
  const asked = fieldsOf(url);
  if (asked === undefined) return { error: standInErrors.fieldsUnreadable };
  const [first = '', edge, ...more] = path;
  if (more.length > 0 || first === '') return { error: standInErrors.unknownPath };
  if (first === 'dataset_quality' && edge === undefined) return readDatasetQuality(reading, asked);
  if (first === 'debug_token' && edge === undefined) return debugToken(reading);
  if (first === 'me' || first === facts.userId) return readUser(reading, edge, asked);
  if (!/^\d+$/.test(first)) return { error: standInErrors.unknownAlias };
  const business = reading.world.businesses.find(({ id }) => id === first);
  if (business !== undefined) return readBusiness(reading, business, edge, asked);
  const dataset = datasetsOf(reading.world, facts).find(({ id }) => id === first);
  if (dataset === undefined || !has(facts, datasetScopes)) return { error: standInErrors.unknownObject };
  if (edge !== undefined) return { error: unknownField(edge, datasetKind.type) };
  return selectFields(datasetKind, dataset, reading, asked);
}

function readDatasetQuality({ url, world, facts }: Reading, asked: Selection): ReadAnswer {
  const wanted = url.searchParams.get('dataset_id');
  const dataset = datasetsOf(world, facts).find(({ id }) => id === wanted);
  if (dataset === undefined || !has(facts, datasetScopes)) return { error: standInErrors.unknownObject };
  return { body: datasetQuality(asked) };
}

function fieldsOf({ searchParams }: URL): Selection | undefined {
  const text = searchParams.get('fields') ?? '';
  return text === '' ? new Map() : readFields(text);
}

function readUser(reading: Reading, edge: string | undefined, asked: Selection): ReadAnswer {
  const { facts, world } = reading;
  if (edge === undefined) return selectFields(userKind, facts, reading, asked);
  if (edge === 'permissions') return list(permissionKind, facts.scopes, reading, asked);
  if (edge !== 'businesses') return { error: unknownField(edge, userKind.type) };
  if (!has(facts, businessScopes)) return { error: standInErrors.mayNotRead };
  return list(businessKind, world.businesses, reading, asked);
}

const datasetEdges: Readonly<Record<string, (dataset: Dataset) => boolean>> = {
  owned_pixels: ({ relation }) => relation !== 'client',
  client_pixels: ({ relation }) => relation === 'client',
  adspixels: () => true,
  ads_dataset: () => true,
};

function readBusiness(reading: Reading, business: Business, edge: string | undefined, asked: Selection): ReadAnswer {
  const { facts, world, url } = reading;
  if (edge === undefined) {
    if (!has(facts, businessScopes)) return { error: standInErrors.mayNotRead };
    return selectFields(businessKind, business, reading, asked);
  }
  const isOnEdge = Object.hasOwn(datasetEdges, edge) ? datasetEdges[edge] : undefined;
  if (isOnEdge === undefined) return { error: unknownField(edge, businessKind.type) };
  if (!has(facts, datasetScopes)) return { error: standInErrors.mayNotRead };
  const name = (url.searchParams.get('name_filter') ?? '').toLowerCase();
  const part = url.searchParams.get('id_filter') ?? '';
  const found = datasetsOf(world, facts).filter(
    (dataset) =>
      dataset.businessId === business.id &&
      isOnEdge(dataset) &&
      dataset.name.toLowerCase().includes(name) &&
      dataset.id.includes(part),
  );
  return list(datasetKind, found, reading, asked);
}

function list<Node>(
  kind: Parameters<typeof selectFields<Node>>[0],
  nodes: readonly Node[],
  reading: Reading,
  asked: Selection,
): ReadAnswer {
  const page = pageOf(nodes, reading.url);
  if ('error' in page) return page;
  const data: object[] = [];
  for (const node of page.items) {
    const selected = selectFields(kind, node, reading, asked);
    if ('error' in selected) return selected;
    data.push(selected.body);
  }
  return { body: { data, ...(page.paging && { paging: page.paging }) } };
}

const seconds = (date: Date | undefined): number => (date === undefined ? 0 : Math.floor(date.getTime() / 1_000));

/** A token that is wrong or has expired is told in the answer, which is no error itself. */
function debugToken({ url, factsOf, now }: Reading): ReadAnswer {
  const token = url.searchParams.get('input_token') ?? '';
  if (token === '') return { error: standInErrors.inputTokenMissing };
  const facts = factsOf(token);
  if (facts === undefined) return invalidToken(standInErrors.wrongToken);
  const about = {
    app_id: facts.appId,
    type: facts.type,
    application: facts.application,
    data_access_expires_at: seconds(facts.dataAccessExpiresAt),
    expires_at: seconds(facts.expiresAt),
    issued_at: seconds(facts.issuedAt),
    scopes: facts.scopes,
    user_id: facts.userId,
  };
  if (isExpired(facts, now)) return invalidToken(standInErrors.expiredToken, { ...about, scopes: [] });
  const { datasetIds } = facts;
  const granular = facts.scopes.map((scope) => ({ scope, ...(datasetIds && { target_ids: datasetIds }) }));
  return { body: { data: { ...about, is_valid: true, granular_scopes: granular } } };
}

const invalidToken = ({ code, subcode, message }: StandInError, about: object = { scopes: [] }): ReadAnswer => ({
  body: {
    data: { ...about, is_valid: false, error: { code, message, ...(subcode !== undefined && { subcode }) } },
  },
});
