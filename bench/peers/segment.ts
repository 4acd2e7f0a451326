import { dirname, join } from 'node:path';
import type { JsonObject } from '../../shared/segment/event.ts';
import type { Candidate } from './candidate.ts';
import { encode } from './encode.ts';
import type { ShopEvent } from './hand-written.ts';
import { onlyEvent } from './mapper-candidate.ts';
import { peerPackage, replacePackage, resolvePackage, versionOf } from './peer-packages.ts';

const destinations = '@segment/action-destinations';
const framework = '@segment/actions-core';

/** Parts of Segment's packages that are used here. */
interface Action {
  readonly fields: object;
  readonly defaultSubscription: string;
  perform(
    request: (url: string, options: { readonly json: unknown }) => Promise<number>,
    data: object,
  ): Promise<number>;
}
interface Definition {
  readonly actions: Readonly<Record<Slug, Action>>;
}
interface Framework {
  defaultValues(fields: object): JsonObject;
  fieldsToJsonSchema(fields: object): object;
  transform(mapping: object, event: object): object;
  validateSchema(payload: object, schema: object, options: object): void;
  readonly Destination: new (
    definition: Definition,
  ) => { readonly responses: unknown[]; onEvent(event: object, settings: object): Promise<readonly unknown[]> };
}
interface CrossFetch {
  readonly Request: typeof Request;
  readonly Response: typeof Response;
  readonly Headers: typeof Headers;
}
type Slug = 'purchase' | 'viewContent' | 'pageView';

const settings = { pixelId: '1234567890' };
const path = (of: string) => ({ '@path': of });

/** The mappings that the package ships, and the fields that the other candidates fill as well. */
function mappingsOf({ actions }: Definition, { defaultValues }: Framework): Readonly<Record<Slug, JsonObject>> {
  const mapping = (slug: Slug, more: object): JsonObject => {
    const defaults = defaultValues(actions[slug].fields);
    const userData = {
      ...(defaults['user_data'] as object),
      gender: path('$.context.traits.gender'),
      country: path('$.context.traits.address.country'),
    };
    return { ...defaults, action_source: 'website', user_data: userData, ...more };
  };
  return {
    purchase: mapping('purchase', {
      content_ids: path('$.properties.products.product_id'),
      content_type: 'product',
      custom_data: { order_id: path('$.properties.order_id') },
    }),
    viewContent: mapping('viewContent', {
      content_type: 'product',
      content_name: path('$.properties.name'),
      content_category: path('$.properties.category'),
    }),
    pageView: mapping('pageView', {}),
  };
}

function loadSegment() {
  process.env['ACTIONS_FB_CAPI_SYSTEM_USER_TOKEN'] = 'bench-token';
  const core = peerPackage(framework) as Framework;
  const { default: definition } = peerPackage(`${destinations}/dist/destinations/facebook-conversions-api`) as {
    readonly default: Definition;
  };
  return { core, definition, mappings: mappingsOf(definition, core), version: versionOf(destinations) };
}

const slugOf = ({ type, event }: ShopEvent): Slug =>
  type === 'page' ? 'pageView' : event === 'Product Viewed' ? 'viewContent' : 'purchase';

/**
 * Segment's Facebook Conversions action alone: mapping, removal of empty values, validation, and `perform`, whose request is
 * serialised and goes no further.
 */
export function segmentAction(): Candidate {
  const { core, definition, mappings, version } = loadSegment();
  const { removeEmptyValues } = peerPackage(join(dirname(resolvePackage(framework)), 'remove-empty-values.js')) as {
    removeEmptyValues(payload: object, schema: object, isRoot: boolean): object;
  };
  const slugs = Object.keys(mappings) as Slug[];
  const schemas = Object.fromEntries(
    slugs.map((slug) => [slug, core.fieldsToJsonSchema(definition.actions[slug].fields)]),
  ) as Readonly<Record<Slug, object>>;
  let body = '';
  const request = async (_url: string, { json }: { readonly json: unknown }): Promise<number> => {
    body = JSON.stringify(json);
    return encode(body).length;
  };
  const send = (text: string): Promise<number> => {
    const event = JSON.parse(text) as ShopEvent;
    const slug = slugOf(event);
    const payload = removeEmptyValues(core.transform(mappings[slug], event), schemas[slug], true);
    core.validateSchema(payload, schemas[slug], { schemaKey: `bench:${slug}`, exempt: ['dynamicAuthSettings'] });
    return definition.actions[slug].perform(request, { payload, settings, features: {}, statsContext: {} });
  };
  return {
    version,
    async run(texts) {
      let bytes = 0;
      for (const text of texts) bytes += await send(text);
      return bytes;
    },
    async sample(text) {
      await send(text);
      return onlyEvent(body);
    },
  };
}

/** The same through the framework's `onEvent` with three subscriptions; its fetch answers at once. */
export function segmentFramework(): Candidate {
  // Its own Request and Response stay: they are part of what the framework costs.
  let crossFetch: CrossFetch = globalThis;
  let lastRequest: Request | undefined;
  const answer = '{"events_received":1,"messages":[],"fbtrace_id":"bench"}';
  const stub = async (request: Request): Promise<Response> => {
    lastRequest = request;
    return new crossFetch.Response(answer, { status: 200, headers: { 'content-type': 'application/json' } });
  };
  replacePackage('cross-fetch', framework, (own) => {
    crossFetch = own as CrossFetch;
    const { Request, Response, Headers } = crossFetch;
    return Object.assign(stub, { Request, Response, Headers, fetch: stub, default: stub });
  });
  const { core, definition, mappings, version } = loadSegment();
  const destination = new core.Destination(definition);
  const subscriptions = Object.entries(mappings).map(([slug, mapping]) => ({
    partnerAction: slug,
    mapping,
    subscribe: definition.actions[slug as Slug].defaultSubscription,
  }));
  const send = (text: string) => destination.onEvent(JSON.parse(text) as object, { ...settings, subscriptions });
  return {
    version,
    async run(texts) {
      let results = 0;
      for (const text of texts) results += (await send(text)).length;
      // The framework keeps every response.
      destination.responses.length = 0;
      return results;
    },
    async sample(text) {
      await send(text);
      return onlyEvent((await lastRequest?.text()) ?? '');
    },
  };
}
