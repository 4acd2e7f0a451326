// Made by `npm run docs` from the table of members: change that instead.
import type { ChoiceValue, ListValue, ObjectValue } from './mapping-value.ts';

/** Fields that every action has. */
export interface CommonFields {
  /**
   * Where the conversion happened. You vouch for it: Meta requires it on every event.
   * Required.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly action_source?: ChoiceValue<
    | 'email'
    | 'website'
    | 'app'
    | 'phone_call'
    | 'chat'
    | 'physical_store'
    | 'system_generated'
    | 'business_messaging'
    | 'other'
  >;
  /**
   * When it happened, sent in Unix seconds. Meta takes the last 7 days, 62 for physical stores.
   * Required.
   * Default: `$.timestamp`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly event_time?: unknown;
  /**
   * Two events of one name and this id within 48 hours are one: the same as the eventID of the Pixel.
   * Default: `$.messageId`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly event_id?: unknown;
  /**
   * Address of the page, whole and of http or https. Required on websites.
   * Default: `$.context.page.url`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly event_source_url?: unknown;
  /**
   * Address of the page before.
   * Default: `$.context.page.referrer`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly referrer_url?: unknown;
  /**
   * Who did it: the match keys, hashed where Meta wants it.
   * Required.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly user_data?: ObjectValue<UserDataFields>;
  /**
   * What an app sends about itself and its device. Off until use_app_data is true.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly app_data_field?: ObjectValue<AppDataFields>;
  /**
   * True: Meta uses the event for attribution only, not to decide who sees ads.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly opt_out?: unknown;
  /**
   * Which conversation it was, for the action source business_messaging.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/business-messaging
   */
  readonly messaging_channel?: ChoiceValue<'messenger' | 'whatsapp' | 'instagram'>;
  /**
   * How a conversation came to its result, where a partner tells it.
   *
   * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/automatic-events-api
   */
  readonly messaging_outcome_data?: ObjectValue<Messaging_outcome_dataFields>;
  /**
   * The earlier event that this one follows: of a refund, a qualified lead, an order paid later.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/original-event
   */
  readonly original_event_data?: ObjectValue<OriginalEventFields>;
  /**
   * Which ad another source holds responsible, for the event AppendAttribution.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly attribution_data?: ObjectValue<AttributionFields>;
  /**
   * True: Limited Data Use, for people of some states of the USA.
   *
   * @see https://developers.facebook.com/docs/marketing-apis/data-processing-options
   */
  readonly data_processing_options?: unknown;
  /**
   * 1 for the USA, 0 to let Meta find out where the person is.
   *
   * @see https://developers.facebook.com/docs/marketing-apis/data-processing-options
   */
  readonly data_processing_options_country?: ChoiceValue<0 | 1>;
  /**
   * Number of the state, such as 1000 for California; 0 to let Meta find out.
   *
   * @see https://developers.facebook.com/docs/marketing-apis/data-processing-options
   */
  readonly data_processing_options_state?: unknown;
  /**
   * Shows the event in Test Events of Events Manager. It counts all the same.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api
   */
  readonly test_event_code?: unknown;
  /**
   * False: a part that cannot be read costs the event, as in Segment, instead of being left out.
   * Default: `true`.
   */
  readonly leave_out_bad_items?: unknown;
}

export interface ContentFields {
  /**
   * Id of the product, as in the catalogue.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly id?: unknown;
  /**
   * How many of it.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly quantity?: unknown;
  /**
   * Price of one.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly item_price?: unknown;
  /**
   * How the product is delivered.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly delivery_category?: ChoiceValue<'in_store' | 'curbside' | 'home_delivery'>;
  /**
   * Title of the product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly title?: unknown;
  /**
   * Description of the product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly description?: unknown;
  /**
   * Brand of the product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/offline-events
   */
  readonly brand?: unknown;
  /**
   * Category of the product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/offline-events
   */
  readonly category?: unknown;
}

export interface PurchaseFields extends CommonFields {
  /**
   * ISO 4217 code of the value, such as EUR. Required with every value.
   * Required.
   * Default: `$.properties.currency`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly currency?: unknown;
  /**
   * Whether the customer is new or known, and to what.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly customer_segmentation?: ChoiceValue<
    | 'new_customer_to_business'
    | 'new_customer_to_business_line'
    | 'new_customer_to_product_area'
    | 'new_customer_to_medium'
    | 'existing_customer_to_business'
    | 'existing_customer_to_business_line'
    | 'existing_customer_to_product_area'
    | 'existing_customer_to_medium'
    | 'customer_in_loyalty_program'
  >;
  /**
   * Anything else about the event: members of any name, usable in custom conversions.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly custom_data?: unknown;
  /**
   * Names of members of custom_data that stay behind.
   */
  readonly custom_data_without?: unknown;
  /**
   * Ids of the products, as in the catalogue.
   * Default: product ids.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_ids?: unknown;
  /**
   * Name of the page or product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_name?: unknown;
  /**
   * Kind of the ids: product or product_group.
   * Default: with product ids: `product`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_type?: unknown;
  /**
   * Number of items in the order.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly num_items?: unknown;
  /**
   * True fills num_items with the sum of the quantities in contents.
   * Default: `true`.
   */
  readonly count_items?: unknown;
  /**
   * What the event is worth, as a number. Required for Purchase.
   * Required.
   * Default: `$.properties.revenue`, else `$.properties.total`, else `$.properties.value`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly value?: unknown;
  /**
   * What is left of the value after costs.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly net_revenue?: unknown;
  /**
   * Unique id of an item of an order, by which shop sales are deduplicated.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/offline-events
   */
  readonly item_number?: unknown;
  /**
   * Id of the order.
   * Default: `$.properties.order_id`, else `$.properties.orderId`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly order_id?: unknown;
  /**
   * The products, each with its id, quantity and price.
   * Default: product lines.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly contents?: ListValue<ContentFields>;
}

export interface InitiateCheckoutFields extends CommonFields {
  /**
   * ISO 4217 code of the value, such as EUR. Required with every value.
   * Default: `$.properties.currency`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly currency?: unknown;
  /**
   * Whether the customer is new or known, and to what.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly customer_segmentation?: ChoiceValue<
    | 'new_customer_to_business'
    | 'new_customer_to_business_line'
    | 'new_customer_to_product_area'
    | 'new_customer_to_medium'
    | 'existing_customer_to_business'
    | 'existing_customer_to_business_line'
    | 'existing_customer_to_product_area'
    | 'existing_customer_to_medium'
    | 'customer_in_loyalty_program'
  >;
  /**
   * Anything else about the event: members of any name, usable in custom conversions.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly custom_data?: unknown;
  /**
   * Names of members of custom_data that stay behind.
   */
  readonly custom_data_without?: unknown;
  /**
   * Ids of the products, as in the catalogue.
   * Default: product ids.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_ids?: unknown;
  /**
   * Category of the page or product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_category?: unknown;
  /**
   * Number of items in the order.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly num_items?: unknown;
  /**
   * True fills num_items with the sum of the quantities in contents.
   * Default: `true`.
   */
  readonly count_items?: unknown;
  /**
   * What the event is worth, as a number. Required for Purchase.
   * Default: `$.properties.revenue`, else `$.properties.total`, else `$.properties.value`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly value?: unknown;
  /**
   * The products, each with its id, quantity and price.
   * Default: product lines.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly contents?: ListValue<ContentFields>;
}

export interface AddToCartFields extends CommonFields {
  /**
   * ISO 4217 code of the value, such as EUR. Required with every value.
   * Default: `$.properties.currency`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly currency?: unknown;
  /**
   * Whether the customer is new or known, and to what.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly customer_segmentation?: ChoiceValue<
    | 'new_customer_to_business'
    | 'new_customer_to_business_line'
    | 'new_customer_to_product_area'
    | 'new_customer_to_medium'
    | 'existing_customer_to_business'
    | 'existing_customer_to_business_line'
    | 'existing_customer_to_product_area'
    | 'existing_customer_to_medium'
    | 'customer_in_loyalty_program'
  >;
  /**
   * Anything else about the event: members of any name, usable in custom conversions.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly custom_data?: unknown;
  /**
   * Names of members of custom_data that stay behind.
   */
  readonly custom_data_without?: unknown;
  /**
   * Ids of the products, as in the catalogue.
   * Default: own id.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_ids?: unknown;
  /**
   * Name of the page or product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_name?: unknown;
  /**
   * Kind of the ids: product or product_group.
   * Default: with own id: `product`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_type?: unknown;
  /**
   * What the event is worth, as a number. Required for Purchase.
   * Default: `$.properties.value`, else `$.properties.price` × `$.properties.quantity`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly value?: unknown;
  /**
   * The products, each with its id, quantity and price.
   * Default: own line.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly contents?: ListValue<ContentFields>;
}

export interface ViewContentFields extends CommonFields {
  /**
   * ISO 4217 code of the value, such as EUR. Required with every value.
   * Default: `$.properties.currency`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly currency?: unknown;
  /**
   * Whether the customer is new or known, and to what.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly customer_segmentation?: ChoiceValue<
    | 'new_customer_to_business'
    | 'new_customer_to_business_line'
    | 'new_customer_to_product_area'
    | 'new_customer_to_medium'
    | 'existing_customer_to_business'
    | 'existing_customer_to_business_line'
    | 'existing_customer_to_product_area'
    | 'existing_customer_to_medium'
    | 'customer_in_loyalty_program'
  >;
  /**
   * Anything else about the event: members of any name, usable in custom conversions.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly custom_data?: unknown;
  /**
   * Names of members of custom_data that stay behind.
   */
  readonly custom_data_without?: unknown;
  /**
   * Ids of the products, as in the catalogue.
   * Default: own id.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_ids?: unknown;
  /**
   * Name of the page or product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_name?: unknown;
  /**
   * Kind of the ids: product or product_group.
   * Default: with own id: `product`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_type?: unknown;
  /**
   * Category of the page or product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_category?: unknown;
  /**
   * What the event is worth, as a number. Required for Purchase.
   * Default: `$.properties.value`, else `$.properties.price` × `$.properties.quantity`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly value?: unknown;
  /**
   * The products, each with its id, quantity and price.
   * Default: own line.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly contents?: ListValue<ContentFields>;
}

export interface SearchFields extends CommonFields {
  /**
   * ISO 4217 code of the value, such as EUR. Required with every value.
   * Default: `$.properties.currency`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly currency?: unknown;
  /**
   * Whether the customer is new or known, and to what.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly customer_segmentation?: ChoiceValue<
    | 'new_customer_to_business'
    | 'new_customer_to_business_line'
    | 'new_customer_to_product_area'
    | 'new_customer_to_medium'
    | 'existing_customer_to_business'
    | 'existing_customer_to_business_line'
    | 'existing_customer_to_product_area'
    | 'existing_customer_to_medium'
    | 'customer_in_loyalty_program'
  >;
  /**
   * Anything else about the event: members of any name, usable in custom conversions.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly custom_data?: unknown;
  /**
   * Names of members of custom_data that stay behind.
   */
  readonly custom_data_without?: unknown;
  /**
   * Ids of the products, as in the catalogue.
   * Default: product ids.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_ids?: unknown;
  /**
   * Category of the page or product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_category?: unknown;
  /**
   * What the event is worth, as a number. Required for Purchase.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly value?: unknown;
  /**
   * The products, each with its id, quantity and price.
   * Default: product lines.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly contents?: ListValue<ContentFields>;
  /**
   * Words that were searched for.
   * Default: `$.properties.query`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly search_string?: unknown;
}

export interface PageViewFields extends CommonFields {}

export interface CustomFields extends CommonFields {
  /**
   * Name of the event at Meta, in its exact letters.
   * Required.
   * Default: `$.event`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly event_name?: unknown;
  /**
   * Anything else about the event: members of any name, usable in custom conversions.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly custom_data?: unknown;
  /**
   * Names of members of custom_data that stay behind.
   */
  readonly custom_data_without?: unknown;
  /**
   * What the event is worth, as a number. Required for Purchase.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly value?: unknown;
  /**
   * ISO 4217 code of the value, such as EUR. Required with every value.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly currency?: unknown;
  /**
   * Ids of the products, as in the catalogue.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_ids?: unknown;
  /**
   * The products, each with its id, quantity and price.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly contents?: ListValue<ContentFields>;
  /**
   * Kind of the ids: product or product_group.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_type?: unknown;
  /**
   * Name of the page or product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_name?: unknown;
  /**
   * Category of the page or product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_category?: unknown;
  /**
   * Number of items in the order.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly num_items?: unknown;
  /**
   * Id of the order.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly order_id?: unknown;
  /**
   * Unique id of an item of an order, by which shop sales are deduplicated.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/offline-events
   */
  readonly item_number?: unknown;
  /**
   * What is left of the value after costs.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly net_revenue?: unknown;
  /**
   * What the customer is expected to be worth over time.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly predicted_ltv?: unknown;
  /**
   * Words that were searched for.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly search_string?: unknown;
  /**
   * How a registration ended.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly status?: unknown;
  /**
   * How the order is delivered.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly delivery_category?: ChoiceValue<'in_store' | 'curbside' | 'home_delivery'>;
  /**
   * Whether the customer is new or known, and to what.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly customer_segmentation?: ChoiceValue<
    | 'new_customer_to_business'
    | 'new_customer_to_business_line'
    | 'new_customer_to_product_area'
    | 'new_customer_to_medium'
    | 'existing_customer_to_business'
    | 'existing_customer_to_business_line'
    | 'existing_customer_to_product_area'
    | 'existing_customer_to_medium'
    | 'customer_in_loyalty_program'
  >;
}

export interface StandardFields extends CommonFields {
  /**
   * ISO 4217 code of the value, such as EUR. Required with every value.
   * Default: `$.properties.currency`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly currency?: unknown;
  /**
   * Whether the customer is new or known, and to what.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly customer_segmentation?: ChoiceValue<
    | 'new_customer_to_business'
    | 'new_customer_to_business_line'
    | 'new_customer_to_product_area'
    | 'new_customer_to_medium'
    | 'existing_customer_to_business'
    | 'existing_customer_to_business_line'
    | 'existing_customer_to_product_area'
    | 'existing_customer_to_medium'
    | 'customer_in_loyalty_program'
  >;
  /**
   * Anything else about the event: members of any name, usable in custom conversions.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly custom_data?: unknown;
  /**
   * Names of members of custom_data that stay behind.
   */
  readonly custom_data_without?: unknown;
  /**
   * Ids of the products, as in the catalogue.
   * Default: product ids or own id.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_ids?: unknown;
  /**
   * Name of the page or product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_name?: unknown;
  /**
   * Kind of the ids: product or product_group.
   * Default: with product ids or own id: `product`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_type?: unknown;
  /**
   * Category of the page or product.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly content_category?: unknown;
  /**
   * Number of items in the order.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly num_items?: unknown;
  /**
   * True fills num_items with the sum of the quantities in contents.
   * Default: `true`.
   */
  readonly count_items?: unknown;
  /**
   * Name of the event at Meta, in its exact letters.
   * Required.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly event_name?: ChoiceValue<
    | 'AddPaymentInfo'
    | 'AddToCart'
    | 'AddToWishlist'
    | 'CompleteRegistration'
    | 'Contact'
    | 'CustomizeProduct'
    | 'Donate'
    | 'FindLocation'
    | 'InitiateCheckout'
    | 'Lead'
    | 'PageView'
    | 'Purchase'
    | 'Schedule'
    | 'Search'
    | 'StartTrial'
    | 'SubmitApplication'
    | 'Subscribe'
    | 'ViewContent'
  >;
  /**
   * What the event is worth, as a number. Required for Purchase.
   * Default: `$.properties.revenue`, else `$.properties.total`, else `$.properties.value`, else `$.properties.price` × `$.properties.quantity`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly value?: unknown;
  /**
   * What is left of the value after costs.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly net_revenue?: unknown;
  /**
   * What the customer is expected to be worth over time.
   * Default: `$.properties.predicted_ltv`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly predicted_ltv?: unknown;
  /**
   * Id of the order.
   * Default: `$.properties.order_id`, else `$.properties.orderId`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly order_id?: unknown;
  /**
   * Words that were searched for.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly search_string?: unknown;
  /**
   * Unique id of an item of an order, by which shop sales are deduplicated.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/offline-events
   */
  readonly item_number?: unknown;
  /**
   * How a registration ended.
   * Default: `$.properties.status`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly status?: unknown;
  /**
   * How the order is delivered.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly delivery_category?: ChoiceValue<'in_store' | 'curbside' | 'home_delivery'>;
  /**
   * The products, each with its id, quantity and price.
   * Default: with `$.properties.products`: product lines, else with own id: own line.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/custom-data
   */
  readonly contents?: ListValue<ContentFields>;
}

export interface UserDataFields {
  /**
   * Ids of the person in your systems, the same ones in every channel.
   * Normalised and sent as SHA-256.
   * Default: `$.userId` and `$.anonymousId`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly externalId?: unknown;
  /**
   * Email address.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.email`, else `$.traits.email`, else `$.properties.email`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly email?: unknown;
  /**
   * More email addresses of the same person, sent beside email.
   * Normalised and sent as SHA-256.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly emails?: unknown;
  /**
   * Phone number with its country code.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.phone`, else `$.traits.phone`, else `$.properties.phone`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly phone?: unknown;
  /**
   * More phone numbers of the same person, sent beside phone.
   * Normalised and sent as SHA-256.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly phones?: unknown;
  /**
   * Gender, sent as f or m.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.gender`, else `$.traits.gender`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly gender?: unknown;
  /**
   * Date of birth, in any usual form.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.birthday`, else `$.traits.birthday`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly dateOfBirth?: unknown;
  /**
   * Last name.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.lastName`, else `$.context.traits.last_name`, else `$.traits.lastName`, else `$.traits.last_name`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly lastName?: unknown;
  /**
   * First name.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.firstName`, else `$.context.traits.first_name`, else `$.traits.firstName`, else `$.traits.first_name`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly firstName?: unknown;
  /**
   * Whole name, taken apart where neither first nor last name is given.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.name`, else `$.traits.name`.
   */
  readonly fullName?: unknown;
  /**
   * City.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.address.city`, else `$.context.traits.city`, else `$.traits.address.city`, else `$.traits.city`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly city?: unknown;
  /**
   * State or province: two letters in the USA and Canada, elsewhere its name.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.address.state`, else `$.context.traits.state`, else `$.traits.address.state`, else `$.traits.state`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly state?: unknown;
  /**
   * Postal code.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.address.postalCode`, else `$.context.traits.address.postal_code`, else `$.context.traits.postalCode`, else `$.context.traits.postal_code`, else `$.traits.address.postalCode`, else `$.traits.address.postal_code`, else `$.traits.postalCode`, else `$.traits.postal_code`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly zip?: unknown;
  /**
   * Country, as ISO code or English name.
   * Normalised and sent as SHA-256.
   * Default: `$.context.traits.address.country`, else `$.context.traits.country`, else `$.traits.address.country`, else `$.traits.country`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly country?: unknown;
  /**
   * User agent of the visitor's browser. Required on websites.
   * Default: `$.context.userAgent`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly client_user_agent?: unknown;
  /**
   * Id of the subscription of this transaction.
   * Default: `$.context.subscription_id`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly subscriptionID?: unknown;
  /**
   * Id of the lead that a lead ad gave, 15 to 17 digits.
   * Default: `$.context.lead_id`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly leadID?: unknown;
  /**
   * Id that Facebook Login gave, for this app alone.
   * Default: `$.context.fb_login_id`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly fbLoginID?: unknown;
  /**
   * Id of the installation of an app.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly anonId?: unknown;
  /**
   * Advertising id of the device: AAID of Android or IDFA of iOS.
   * Default: `$.context.device.advertisingId`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly madId?: unknown;
  /**
   * Id of a partner, as Segment's destination sends it.
   */
  readonly partner_id?: unknown;
  /**
   * Name of a partner, as Segment's destination sends it.
   */
  readonly partner_name?: unknown;
  /**
   * Click id of an ad that opened WhatsApp, from the webhook of the first message.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly ctwa_clid?: unknown;
  /**
   * Id of the Facebook page that the conversation belongs to.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly page_id?: unknown;
  /**
   * Id of the person in Messenger, for this page alone.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly page_scoped_user_id?: unknown;
  /**
   * Id of the Instagram account that the conversation belongs to.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly ig_account_id?: unknown;
  /**
   * Id of the person on Instagram, for this account alone.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly ig_sid?: unknown;
  /**
   * Id of the Instagram account, by the name that Meta’s sample has.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/business-messaging
   */
  readonly instagram_business_account_id?: unknown;
  /**
   * Id of the WhatsApp Business account that the conversation belongs to.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/business-messaging
   */
  readonly whatsapp_business_account_id?: unknown;
  /**
   * Click id: the value of the _fbc cookie.
   * Default: `$.properties.fbc`, else `$.context.fbc`, else `$.context.traits.fbc`, else `$.traits.fbc`, else `$.properties._fbc`, else `$.context._fbc`, else `$.properties.fbclid`, else `$.context.fbclid`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/fbp-and-fbc
   */
  readonly fbc?: unknown;
  /**
   * URL whose fbclid becomes the click id.
   * Default: `$.context.page.url`, else `$.properties.url`.
   */
  readonly clickUrl?: unknown;
  /**
   * Query whose fbclid becomes the click id.
   * Default: `$.context.page.search`, else `$.properties.search`.
   */
  readonly clickSearch?: unknown;
  /**
   * URL of the page before, whose fbclid becomes the click id.
   * Default: `$.context.page.referrer`, else `$.properties.referrer`.
   */
  readonly clickReferrer?: unknown;
  /**
   * Browser id: the value of the _fbp cookie.
   * Default: `$.properties.fbp`, else `$.context.fbp`, else `$.context.traits.fbp`, else `$.traits.fbp`, else `$.properties._fbp`, else `$.context._fbp`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/fbp-and-fbc
   */
  readonly fbp?: unknown;
  /**
   * Public IP address of the visitor's browser, IPv6 where there is one.
   * Default: `$.context.ip`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
   */
  readonly client_ip_address?: unknown;
}

export interface AppDataFields {
  /**
   * True sends app_data. Nothing of it is sent otherwise.
   */
  readonly use_app_data?: unknown;
  /**
   * Whether the person allowed tracking (iOS 14.5 and later). Required; sent as 1 or 0.
   * Default: `$.context.device.adTrackingEnabled`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly advertiser_tracking_enabled?: unknown;
  /**
   * Whether the person allowed the app to track. Sent as 1 or 0.
   * Default: `$.context.device.adTrackingEnabled`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly application_tracking_enabled?: unknown;
  /**
   * Advertising id of the device, where Segment's destination has it.
   * Default: `$.context.device.advertisingId`, else `$.context.madId`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly madId?: unknown;
  /**
   * Campaign of a deep link.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly campaign_ids?: unknown;
  /**
   * Referrer of the installation, on Android.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly install_referrer?: unknown;
  /**
   * Package that installed the app, on Android.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly installer_package?: unknown;
  /**
   * URL schemes of the app, on iOS.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly url_schemes?: unknown;
  /**
   * Id of the device for this vendor, on iOS.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly vendor_id?: unknown;
  /**
   * Attribution id, on Windows.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly windows_attribution_id?: unknown;
  /**
   * i2 for iOS or a2 for Android: entry 0 of extinfo, required.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly version?: ChoiceValue<'i2' | 'a2'>;
  /**
   * Package of the app: entry 1 of extinfo.
   * Default: `$.context.app.namespace`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly packageName?: unknown;
  /**
   * Short version of the app: entry 2 of extinfo.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly shortVersion?: unknown;
  /**
   * Long version of the app: entry 3 of extinfo.
   * Default: `$.context.app.version`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly longVersion?: unknown;
  /**
   * Version of the operating system: entry 4 of extinfo, required.
   * Default: `$.context.os.version`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly osVersion?: unknown;
  /**
   * Model of the device: entry 5 of extinfo.
   * Default: `$.context.device.model`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly deviceName?: unknown;
  /**
   * Locale, such as en_US: entry 6 of extinfo.
   * Default: `$.context.locale`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly locale?: unknown;
  /**
   * Time zone in short, such as PDT: entry 7 of extinfo.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly timezone?: unknown;
  /**
   * Mobile carrier: entry 8 of extinfo.
   * Default: `$.context.network.carrier`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly carrier?: unknown;
  /**
   * Width of the screen: entry 9 of extinfo.
   * Default: `$.context.screen.width`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly width?: unknown;
  /**
   * Height of the screen: entry 10 of extinfo.
   * Default: `$.context.screen.height`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly height?: unknown;
  /**
   * Density of the screen: entry 11 of extinfo.
   * Default: `$.context.screen.density`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly density?: unknown;
  /**
   * Number of CPU cores: entry 12 of extinfo.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly cpuCores?: unknown;
  /**
   * Size of the storage in GB: entry 13 of extinfo.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly storageSize?: unknown;
  /**
   * Free storage in GB: entry 14 of extinfo.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly freeStorage?: unknown;
  /**
   * Time zone of the device, such as America/New_York: entry 15 of extinfo.
   * Default: `$.context.timezone`.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/app-data
   */
  readonly deviceTimezone?: unknown;
}

export interface Messaging_outcome_dataFields {
  /**
   * Kind of the result, such as automatic_events.
   *
   * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/automatic-events-api
   */
  readonly outcome_type?: unknown;
}

export interface OriginalEventFields {
  /**
   * Name of the earlier event.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/original-event
   */
  readonly event_name?: unknown;
  /**
   * When the earlier event happened.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/original-event
   */
  readonly event_time?: unknown;
  /**
   * Order of the earlier event.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/original-event
   */
  readonly order_id?: unknown;
  /**
   * Event id that the earlier event was sent with.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/original-event
   */
  readonly event_id?: unknown;
}

export interface AttributionSettingFields {
  /**
   * Hours without use before a return counts anew.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly inactivity_window_hours?: unknown;
  /**
   * Hours within which a return is attributed.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly reattribution_window_hours?: unknown;
}

export interface AttributionFields {
  /**
   * What the attribution is about.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly scope?: unknown;
  /**
   * When the visit was.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly visit_time?: unknown;
  /**
   * Id of the ad.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly ad_id?: unknown;
  /**
   * Id of the ad set.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly adset_id?: unknown;
  /**
   * Id of the campaign.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly campaign_id?: unknown;
  /**
   * Part of the conversion that the ad gets, from 0 to 1.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly attribution_share?: unknown;
  /**
   * Rule that gave the share.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly attribution_model?: ChoiceValue<
    | 'customized_multi_touch'
    | 'first_touch'
    | 'last_click'
    | 'last_touch'
    | 'linear'
    | 'position_based'
    | 'time_decay'
    | 'unknown'
  >;
  /**
   * Days that the attribution looks back.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly attr_window?: unknown;
  /**
   * The share of the value.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly attribution_value?: unknown;
  /**
   * Who says so.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly attribution_source?: unknown;
  /**
   * Kind of the contact, such as click or view.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly touchpoint_type?: unknown;
  /**
   * When the contact was.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly touchpoint_ts?: unknown;
  /**
   * How the ad was found.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly attribution_method?: ChoiceValue<'ard' | 'deeplink' | 'gpir' | 'invalid_response' | 'mir' | 'srn'>;
  /**
   * Why the ad was not held responsible.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly decline_reason?: ChoiceValue<
    | 'attribute_to_other_source'
    | 'out_of_lookback_window'
    | 'view_through_disabled'
    | 'within_inactive_window'
    | 'inactive'
    | 'fraud_detected'
    | 'unknown'
    | 'reinstall_attribution_disabled'
    | 'lookback'
    | 'not_pmod_match'
    | 'validation_rule_detected'
    | 'preload_install'
    | 'min_time_between_re_engagements'
    | 'duplicated'
    | 'pmod_disabled'
  >;
  /**
   * Token of the audit.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly auditing_token?: unknown;
  /**
   * Key that links the claim to the event.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly linkage_key?: unknown;
  /**
   * Id of the contact.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly touchpoint_id?: unknown;
  /**
   * Windows that the attribution was made with.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly attribution_setting?: ObjectValue<AttributionSettingFields>;
  /**
   * All credit that was given for the conversion.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly total_credit?: unknown;
  /**
   * Id of the client at the partner.
   *
   * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
   */
  readonly partner_client_id?: unknown;
}

/** The fields of each action. */
export interface FieldsByAction {
  readonly purchase: PurchaseFields;
  readonly initiateCheckout: InitiateCheckoutFields;
  readonly addToCart: AddToCartFields;
  readonly viewContent: ViewContentFields;
  readonly search: SearchFields;
  readonly pageView: PageViewFields;
  readonly custom: CustomFields;
  readonly standard: StandardFields;
}
