import type { JsonObject } from '../../shared/segment/event.ts';
import type { Candidate } from './candidate.ts';
import { encode } from './encode.ts';
import { eventNameOf, type Product, type ShopEvent } from './hand-written.ts';
import { onlyEvent } from './mapper-candidate.ts';
import { peerPackage, versionOf } from './peer-packages.ts';

const sdkName = 'facebook-nodejs-business-sdk';

/** An object whose methods set a member each, and give the object back. */
type Setters<Member extends string> = {
  readonly [Name in Member as `set${Name}`]: (value: unknown) => Setters<Member>;
};
type SdkUserData = Setters<
  | ('Email' | 'Phone' | 'FirstName' | 'LastName' | 'Gender' | 'DateOfBirth' | 'City' | 'State' | 'Zip' | 'Country')
  | ('ExternalId' | 'ClientIpAddress' | 'ClientUserAgent' | 'Fbc' | 'Fbp')
>;
type SdkCustomData = Setters<
  | ('Currency' | 'Value' | 'ContentIds' | 'Contents' | 'ContentType')
  | ('ContentName' | 'ContentCategory' | 'NumItems' | 'OrderId')
>;
type SdkContent = Setters<'Id' | 'Quantity' | 'ItemPrice'>;
type SdkServerEvent = Setters<
  'EventName' | 'EventTime' | 'EventId' | 'EventSourceUrl' | 'ActionSource' | 'UserData' | 'CustomData'
>;
interface Sdk {
  readonly ServerEvent: new () => SdkServerEvent;
  readonly UserData: new () => SdkUserData;
  readonly CustomData: new () => SdkCustomData;
  readonly Content: new () => SdkContent;
  readonly EventRequest: new (
    token: string,
    datasetId: string,
    events: readonly SdkServerEvent[],
  ) => { setHttpService(service: object): { execute(): Promise<number> } };
}

/** Meta's Node SDK: its setters, and requests of as many events, whose HTTP service serialises them and goes no further. */
export function metaSdk(): Candidate {
  const sdk = peerPackage(sdkName) as Sdk;
  let body = '';
  const service = {
    async executeRequest(_url: string, _method: string, _headers: object, parameters: JsonObject): Promise<number> {
      body = JSON.stringify(parameters);
      return encode(body).length;
    },
  };
  const send = (texts: readonly string[]): Promise<number> => {
    const events = texts.map((text) => serverEvent(sdk, JSON.parse(text) as ShopEvent));
    return new sdk.EventRequest('bench-token', '1234567890', events).setHttpService(service).execute();
  };
  return {
    version: versionOf(sdkName),
    run: send,
    async sample(text) {
      await send([text]);
      return onlyEvent(body);
    },
  };
}

function serverEvent(sdk: Sdk, event: ShopEvent): SdkServerEvent {
  const built = new sdk.ServerEvent()
    .setEventName(eventNameOf(event))
    .setEventTime(Math.floor(Date.parse(event.timestamp) / 1_000))
    .setEventId(event.messageId)
    .setEventSourceUrl(event.context.page.url)
    .setActionSource('website')
    .setUserData(userData(sdk, event));
  return event.type === 'page' ? built : built.setCustomData(customData(sdk, event));
}

function userData(sdk: Sdk, { userId, anonymousId, context, properties }: ShopEvent): SdkUserData {
  const user = new sdk.UserData()
    .setExternalId(userId ?? anonymousId)
    .setClientIpAddress(context.ip)
    .setClientUserAgent(context.userAgent)
    .setFbc(properties.fbc)
    .setFbp(properties.fbp);
  const { traits } = context;
  if (traits === undefined) return user;
  return user
    .setEmail(traits.email)
    .setPhone(traits.phone)
    .setFirstName(traits.firstName)
    .setLastName(traits.lastName)
    .setGender(traits.gender)
    .setDateOfBirth(traits.birthday.replace(/\D/g, ''))
    .setCity(traits.address.city)
    .setState(traits.address.state)
    .setZip(traits.address.postalCode)
    .setCountry(traits.address.country);
}

function customData(sdk: Sdk, { event, properties }: ShopEvent): SdkCustomData {
  const content = ({ product_id: id, quantity, price }: Product): SdkContent =>
    new sdk.Content().setId(id).setQuantity(quantity).setItemPrice(price);
  const data = new sdk.CustomData().setCurrency(properties.currency).setContentType('product');
  if (event === 'Product Viewed') {
    return data
      .setValue(properties.value)
      .setContentIds([properties.product_id])
      .setContents([content(properties)])
      .setContentName(properties.name)
      .setContentCategory(properties.category);
  }
  const { products } = properties;
  return data
    .setValue(properties.revenue)
    .setContentIds(products.map(({ product_id: id }) => id))
    .setContents(products.map(content))
    .setNumItems(products.length)
    .setOrderId(properties.order_id);
}
