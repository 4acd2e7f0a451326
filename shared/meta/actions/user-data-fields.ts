import type { UserDataName } from '../user-data/user-data-names.ts';
import { clickId, type Field, firstOf, integer, path, text } from '../event/field.ts';

const trait = (name: string): readonly [string, string] => [`$.context.traits.${name}`, `$.traits.${name}`];
const address = (name: string): readonly [string, string] => trait(`address.${name}`);

/**
 * Match keys as a mapping names them. Defaults are Segment's plus what theirs lack: identify's own traits, gender,
 * country, both ids, the click id of the landing page and the advertising id.
 */
export const userDataFields = {
  externalId: text('External ID', { multiple: true, default: [path('$.userId'), path('$.anonymousId')] }),
  email: text('Email', { multiple: 'lenient', default: firstOf(...trait('email'), '$.properties.email') }),
  /** Several addresses of one person; `email` is added to them. */
  emails: text('Emails', { multiple: true }),
  phone: text('Phone', { multiple: 'lenient', default: firstOf(...trait('phone'), '$.properties.phone') }),
  phones: text('Phones', { multiple: true }),
  gender: text('Gender', { multiple: 'lenient', default: firstOf(...trait('gender')) }),
  dateOfBirth: text('Date of Birth', { multiple: 'lenient', default: firstOf(...trait('birthday')) }),
  lastName: text('Last Name', { multiple: 'lenient', default: firstOf(...trait('lastName')) }),
  /** Taken apart where neither first nor last name is given: the first word, and the rest. */
  fullName: text('Full Name', { default: firstOf(...trait('name')) }),
  firstName: text('First Name', { multiple: 'lenient', default: firstOf(...trait('firstName')) }),
  city: text('City', { multiple: 'lenient', default: firstOf(...address('city')) }),
  state: text('State', { multiple: 'lenient', default: firstOf(...address('state')) }),
  zip: text('Zip Code', { multiple: 'lenient', default: firstOf(...address('postalCode')) }),
  country: text('Country', { multiple: 'lenient', default: firstOf(...address('country')) }),
  client_ip_address: text('Client IP Address', { default: path('$.context.ip') }),
  client_user_agent: text('Client User Agent', { default: path('$.context.userAgent') }),
  fbc: clickId('Click ID', { default: path('$.properties.fbc') }),
  /** Where `fbclid` is looked for when there is no click id: in the page's address, then in that of the page before. */
  clickUrl: text('Click URL', { default: path('$.context.page.url') }),
  clickReferrer: text('Click Referrer', { default: path('$.context.page.referrer') }),
  fbp: text('Browser ID', { default: path('$.properties.fbp') }),
  subscriptionID: text('Subscription ID'),
  leadID: integer('Lead ID'),
  fbLoginID: integer('Facebook Login ID'),
  anonId: text('Install ID (anon_id)'),
  madId: text('Advertiser ID (madid)', { default: path('$.context.device.advertisingId') }),
  partner_id: text('Partner ID'),
  partner_name: text('Partner Name'),
  ctwa_clid: text('Click to WhatsApp ID'),
  page_id: text('Page ID'),
  page_scoped_user_id: text('Page-Scoped User ID'),
  ig_account_id: text('Instagram Account ID'),
  ig_sid: text('Instagram-Scoped ID'),
  instagram_business_account_id: text('Instagram Business Account ID'),
  whatsapp_business_account_id: text('WhatsApp Business Account ID'),
} as const satisfies Readonly<Record<UserDataName, Field>>;
