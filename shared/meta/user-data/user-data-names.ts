import type { MatchKey } from './match-keys.ts';

/** What a mapping can give for `user_data`, in the order in which the values are handed over. */
export const userDataNames = [
  'externalId',
  'email',
  'emails',
  'phone',
  'phones',
  'gender',
  'dateOfBirth',
  'lastName',
  'fullName',
  'firstName',
  'city',
  'state',
  'zip',
  'country',
  'client_ip_address',
  'client_user_agent',
  'fbc',
  'clickUrl',
  'clickReferrer',
  'fbp',
  'subscriptionID',
  'leadID',
  'fbLoginID',
  'anonId',
  'madId',
  'partner_id',
  'partner_name',
  'ctwa_clid',
  'page_id',
  'page_scoped_user_id',
  'ig_account_id',
  'ig_sid',
  'instagram_business_account_id',
  'whatsapp_business_account_id',
] as const;
export type UserDataName = (typeof userDataNames)[number];

/** The place of each name's value. */
export const placeOf = Object.fromEntries(userDataNames.map((name, place) => [name, place])) as Readonly<
  Record<UserDataName, number>
>;

/** Hashed match keys: Meta's name, and the mapping's names whose values it takes. */
export const hashed: readonly (readonly [MatchKey, readonly UserDataName[]])[] = [
  ['external_id', ['externalId']],
  ['em', ['email', 'emails']],
  ['ph', ['phone', 'phones']],
  ['ge', ['gender']],
  ['db', ['dateOfBirth']],
  ['ln', ['lastName']],
  ['fn', ['firstName']],
  ['ct', ['city']],
  ['st', ['state']],
  ['zp', ['zip']],
  ['country', ['country']],
];

/** Never hashed and sent as they are: Meta's name from the mapping's. */
export const plain: readonly (readonly [string, UserDataName])[] = [
  ['client_user_agent', 'client_user_agent'],
  ['subscription_id', 'subscriptionID'],
  ['lead_id', 'leadID'],
  ['fb_login_id', 'fbLoginID'],
  ['anon_id', 'anonId'],
  ['madid', 'madId'],
  ['partner_id', 'partner_id'],
  ['partner_name', 'partner_name'],
  ['ctwa_clid', 'ctwa_clid'],
  ['page_id', 'page_id'],
  ['page_scoped_user_id', 'page_scoped_user_id'],
  ['ig_account_id', 'ig_account_id'],
  ['ig_sid', 'ig_sid'],
  ['instagram_business_account_id', 'instagram_business_account_id'],
  ['whatsapp_business_account_id', 'whatsapp_business_account_id'],
];
