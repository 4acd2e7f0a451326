import { orderValue, productList, productValue, singleProduct } from '../actions/common-fields.ts';
import type { messagingEvents } from '../event/messaging.ts';
import type { MappingInput } from './mapping-input.ts';
import { trackTrigger } from './triggers.ts';

type MessagingEvent = (typeof messagingEvents)[number];

interface MessagingOptions {
  /** Sends what becomes of an order, ratings and the like, too. WhatsApp is known to refuse them (subcode 2804066). */
  readonly orderStatus?: boolean;
}

export interface WhatsAppOptions extends MessagingOptions {
  readonly whatsAppBusinessAccountId?: string;
  readonly pageId?: string;
}

export interface MessengerOptions extends MessagingOptions {
  readonly pageId: string;
}

export interface InstagramOptions extends MessagingOptions {
  readonly instagramAccountId: string;
}

const order = { value: orderValue, contents: productList };
const product = { value: productValue, contents: singleProduct };

interface Row {
  readonly event: MessagingEvent;
  /** Segment events that customarily mean it. */
  readonly from: readonly string[];
  readonly fields?: Readonly<Record<string, unknown>>;
}

const sales: readonly Row[] = [
  { event: 'Purchase', from: ['Order Completed'], fields: order },
  { event: 'LeadSubmitted', from: ['Lead Generated', 'Form Submitted'], fields: { value: productValue } },
  { event: 'InitiateCheckout', from: ['Checkout Started'], fields: order },
  { event: 'AddToCart', from: ['Product Added'], fields: product },
  { event: 'ViewContent', from: ['Product Viewed'], fields: product },
];

const statuses: readonly Row[] = [
  { event: 'OrderCreated', from: ['Order Created', 'Order Placed'], fields: order },
  { event: 'OrderShipped', from: ['Order Shipped'], fields: order },
  { event: 'OrderDelivered', from: ['Order Delivered'], fields: order },
  { event: 'OrderCanceled', from: ['Order Cancelled', 'Order Canceled'], fields: order },
  { event: 'OrderReturned', from: ['Order Returned', 'Order Refunded'], fields: order },
  { event: 'CartAbandoned', from: ['Cart Abandoned'], fields: order },
  { event: 'QualifiedLead', from: ['Lead Qualified'], fields: { value: productValue } },
  { event: 'RatingProvided', from: ['Product Rated', 'Rating Provided'] },
  { event: 'ReviewProvided', from: ['Product Reviewed', 'Review Provided'] },
];

const path = (where: string) => ({ '@path': where });

/** An id of a conversation: from the properties of the event, else from the person's traits. */
const idOf = (name: string) => ({
  '@if': {
    exists: path(`$.properties.${name}`),
    then: path(`$.properties.${name}`),
    else: path(`$.context.traits.${name}`),
  },
});

/** Nothing of a browser goes beside the ids of a conversation. */
const noBrowser = {
  client_ip_address: null,
  client_user_agent: null,
  fbc: null,
  clickUrl: null,
  clickSearch: null,
  clickReferrer: null,
  fbp: null,
};

/** Only calls that say whose conversation it was: the same names from a shop's pages, or another channel, are not meant. */
const withId = (trigger: string, name: string): string =>
  `${trigger} and (properties.${name} != null or context.traits.${name} != null)`;

function mappings(
  title: string,
  channel: 'whatsapp' | 'messenger' | 'instagram',
  person: 'ctwa_clid' | 'page_scoped_user_id' | 'ig_sid',
  ids: Readonly<Record<string, unknown>>,
  { orderStatus = false }: MessagingOptions,
): MappingInput[] {
  return [...sales, ...(orderStatus ? statuses : [])].map(({ event, from, fields }) => ({
    name: `${title} ${event}`,
    action: 'custom',
    trigger: withId(trackTrigger(from), person),
    fields: {
      event_name: event,
      action_source: 'business_messaging',
      messaging_channel: channel,
      event_source_url: null,
      referrer_url: null,
      user_data: { ...noBrowser, [person]: idOf(person), ...ids },
      currency: path('$.properties.currency'),
      order_id: path('$.properties.order_id'),
      ...fields,
    },
  }));
}

/** Sales and leads in WhatsApp chats that an ad opened, by the `ctwa_clid` of the webhook's first message. */
export const whatsAppMappings = ({
  whatsAppBusinessAccountId,
  pageId,
  ...options
}: WhatsAppOptions = {}): MappingInput[] =>
  mappings(
    'WhatsApp',
    'whatsapp',
    'ctwa_clid',
    {
      ...(whatsAppBusinessAccountId !== undefined && { whatsapp_business_account_id: whatsAppBusinessAccountId }),
      ...(pageId !== undefined && { page_id: pageId }),
    },
    options,
  );

/** Sales and leads in Messenger chats, by the page and the person's id there. */
export const messengerMappings = ({ pageId, ...options }: MessengerOptions): MappingInput[] =>
  mappings('Messenger', 'messenger', 'page_scoped_user_id', { page_id: pageId }, options);

/** Sales and leads in Instagram chats, by the account and the person's id there. */
export const instagramMappings = ({ instagramAccountId, ...options }: InstagramOptions): MappingInput[] =>
  mappings('Instagram', 'instagram', 'ig_sid', { instagram_business_account_id: instagramAccountId }, options);
