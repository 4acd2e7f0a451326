import { clickId, firstOf, integer, path, text } from './field.ts';

const trait = (name: string): readonly [string, string] => [`$.context.traits.${name}`, `$.traits.${name}`];
const address = (name: string): readonly [string, string] => trait(`address.${name}`);

/**
 * Match keys as a mapping names them. Defaults are Segment's plus what theirs lack: identify's own traits, gender,
 * country, both ids, the click id of the landing page and the advertising id.
 */
export const userDataFields = {
  externalId: text('External ID', { list: true, default: [path('$.userId'), path('$.anonymousId')] }),
  email: text('Email', { default: firstOf(...trait('email'), '$.properties.email') }),
  /** Several addresses of one person; `email` is added to them. */
  emails: text('Emails', { list: true }),
  phone: text('Phone', { default: firstOf(...trait('phone'), '$.properties.phone') }),
  phones: text('Phones', { list: true }),
  gender: text('Gender', { default: firstOf(...trait('gender')) }),
  dateOfBirth: text('Date of Birth', { default: firstOf(...trait('birthday')) }),
  lastName: text('Last Name', { default: firstOf(...trait('lastName')) }),
  /** Taken apart where neither first nor last name is given: the first word, and the rest. */
  fullName: text('Full Name', { default: firstOf(...trait('name')) }),
  firstName: text('First Name', { default: firstOf(...trait('firstName')) }),
  city: text('City', { default: firstOf(...address('city')) }),
  state: text('State', { default: firstOf(...address('state')) }),
  zip: text('Zip Code', { default: firstOf(...address('postalCode')) }),
  country: text('Country', { default: firstOf(...address('country')) }),
  client_ip_address: text('Client IP Address', { default: path('$.context.ip') }),
  client_user_agent: text('Client User Agent', { default: path('$.context.userAgent') }),
  fbc: clickId('Click ID', { default: path('$.properties.fbc') }),
  /** Where `fbclid` is looked for when there is no click id. */
  clickUrl: text('Click URL', { default: firstOf('$.context.page.url', '$.context.page.referrer') }),
  fbp: text('Browser ID', { default: path('$.properties.fbp') }),
  subscriptionID: text('Subscription ID'),
  leadID: integer('Lead ID'),
  fbLoginID: integer('Facebook Login ID'),
  anonId: text('Install ID (anon_id)'),
  madId: text('Advertiser ID (madid)', { default: path('$.context.device.advertisingId') }),
  partner_id: text('Partner ID'),
  partner_name: text('Partner Name'),
  ctwa_clid: text('Click to WhatsApp ID'),
} as const;
