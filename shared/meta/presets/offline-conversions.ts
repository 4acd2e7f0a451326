import { orderValue, productValue } from '../actions/common-fields.ts';
import type { StandardEvent } from '../actions/standard.ts';
import { offlineConversionsName } from '../../config/integration-names.ts';
import type { DestinationInput } from './destination-input.ts';
import type { MappingInput } from './mapping-input.ts';
import { identifyTrigger, trackTrigger } from './triggers.ts';

/** Dataset ids (formerly event sets) by the name of a track event, or of an audience's trait. */
type Datasets = Readonly<Record<string, readonly string[]>>;

export interface OfflineConversionsOptions {
  /** "Map Track Events to Data Set IDs": each under its own conversion, or its own name. */
  readonly trackEvents?: Datasets;
  /** "Map Track Events as Lead Conversions to Data Set IDs". */
  readonly leadEvents?: Datasets;
  /** "Map Track Events as CompleteRegistration Conversions to Data Set IDs". */
  readonly completeRegistrationEvents?: Datasets;
  /** Engage audiences: identify calls in which this trait, the audience's name in snake case, is true. */
  readonly audiences?: Datasets;
  readonly accessTokenSecret: string;
  /** "Value Field Identifier": where the value of anything but an order stands. */
  readonly valueField?: 'value' | 'price';
  /** "Limited Data Use": the event's own options, else an empty list, which says that there is no restriction. */
  readonly limitedDataUse?: boolean;
  readonly actionSource?: 'physical_store' | 'system_generated' | 'phone_call' | 'email' | 'other';
  readonly uploadTag?: string;
}

/** Standard events that Segment's Facebook Offline Conversions makes of the ecommerce events. */
const conversions: ReadonlyMap<string, StandardEvent> = new Map([
  ['Products Searched', 'Search'],
  ['Product Viewed', 'ViewContent'],
  ['Product List Viewed', 'ViewContent'],
  ['Product Added to Wishlist', 'AddToWishlist'],
  ['Product Added', 'AddToCart'],
  ['Checkout Started', 'InitiateCheckout'],
  ['Payment Info Entered', 'AddPaymentInfo'],
  ['Order Completed', 'Purchase'],
]);

const path = (where: string) => ({ '@path': where });
const leadId = {
  '@if': {
    exists: path(`$.context['${offlineConversionsName}'].leadId`),
    then: path(`$.context['${offlineConversionsName}'].leadId`),
    else: path(`$.integrations['${offlineConversionsName}'].leadId`),
  },
};
const hasProducts = (then: unknown, otherwise: unknown) => ({
  '@if': { blank: path('$.properties.products'), then, else: otherwise },
});

/**
 * Segment's Facebook Offline Conversions, on datasets: a destination for every dataset named, to be spread into
 * `destinations`, with the keys of the result as the source's `destinations`.
 */
export function offlineConversions(options: OfflineConversionsOptions): Record<string, DestinationInput> {
  const mappings = new Map<string, MappingInput[]>();
  const add = (datasets: Datasets | undefined, toMapping: (name: string) => MappingInput): void => {
    for (const [name, ids] of Object.entries(datasets ?? {})) {
      for (const id of ids) mappings.set(id, [...(mappings.get(id) ?? []), toMapping(name)]);
    }
  };
  add(options.trackEvents, (name) => conversion(name, conversions.get(name), name, options));
  add(options.leadEvents, (name) => conversion(`${name} as Lead`, 'Lead', name, options));
  add(options.completeRegistrationEvents, (name) =>
    conversion(`${name} as CompleteRegistration`, 'CompleteRegistration', name, options),
  );
  add(options.audiences, (trait) => audience(trait, options));

  const destinations: Record<string, DestinationInput> = {};
  for (const [datasetId, forDataset] of mappings) {
    destinations[`offline-${datasetId}`] = {
      datasetId,
      accessTokenSecret: options.accessTokenSecret,
      uploadTag: options.uploadTag ?? 'Segment',
      integrationNames: [offlineConversionsName],
      ...(options.limitedDataUse && { dataProcessingOptions: [[]] }),
      mappings: forDataset,
    };
  }
  return destinations;
}

function conversion(
  name: string,
  event: StandardEvent | undefined,
  trackEvent: string,
  options: OfflineConversionsOptions,
): MappingInput {
  const isOrder = trackEvent === 'Order Completed';
  const isList = trackEvent === 'Product List Viewed';
  const { valueField } = options;
  const valueProperty = isOrder ? 'revenue' : (valueField ?? 'value');
  const trigger = trackTrigger([trackEvent]);
  const fields = { ...common(options), custom_data: path('$.properties') };
  if (event === undefined) return { name, trigger, action: 'custom', fields: { event_name: trackEvent, ...fields } };
  return {
    name,
    trigger,
    action: 'standard',
    fields: {
      event_name: event,
      ...fields,
      custom_data_without: ['products', 'currency', 'value', 'order_id', valueProperty],
      value: isOrder ? orderValue : valueField === undefined ? productValue : path(`$.properties.${valueField}`),
      // Its ids are those of a group, which must not stand beside the ids of products.
      ...(isList && { contents: null }),
      content_type: isList
        ? ifAny('$.properties.category', 'product_group')
        : hasProducts('product', ifAny('$.properties.product_id', 'product')),
      content_ids: isList
        ? path('$.properties.category')
        : hasProducts(
            { '@arrayPath': ['$.properties.products', path('$.product_id')] },
            path('$.properties.product_id'),
          ),
    },
  };
}

const ifAny = (where: string, then: unknown) => ({ '@if': { blank: path(where), then } });

const audience = (trait: string, options: OfflineConversionsOptions): MappingInput => ({
  name: `audience ${trait}`,
  trigger: identifyTrigger(trait),
  action: 'custom',
  fields: { event_name: trait, ...common(options) },
});

const common = ({ actionSource = 'physical_store' }: OfflineConversionsOptions) => ({
  action_source: actionSource,
  user_data: { externalId: path('$.userId'), leadID: leadId },
});
