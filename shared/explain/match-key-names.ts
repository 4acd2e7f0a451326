import type { MatchKey } from '../meta/match-keys.ts';

/** Meta's hashed match key of each member of a mapping's `user_data`. */
export const hashedKeys: Readonly<Record<string, MatchKey>> = {
  externalId: 'external_id',
  email: 'em',
  emails: 'em',
  phone: 'ph',
  phones: 'ph',
  gender: 'ge',
  dateOfBirth: 'db',
  lastName: 'ln',
  firstName: 'fn',
  city: 'ct',
  state: 'st',
  zip: 'zp',
  country: 'country',
};

/** Meta's name of each member that is sent as it is. */
export const plainKeys: Readonly<Record<string, string>> = {
  client_ip_address: 'client_ip_address',
  client_user_agent: 'client_user_agent',
  fbc: 'fbc',
  clickUrl: 'fbc',
  clickReferrer: 'fbc',
  fbp: 'fbp',
  subscriptionID: 'subscription_id',
  leadID: 'lead_id',
  fbLoginID: 'fb_login_id',
  anonId: 'anon_id',
  madId: 'madid',
  partner_id: 'partner_id',
  partner_name: 'partner_name',
  ctwa_clid: 'ctwa_clid',
  page_id: 'page_id',
  page_scoped_user_id: 'page_scoped_user_id',
  ig_account_id: 'ig_account_id',
  ig_sid: 'ig_sid',
  instagram_business_account_id: 'instagram_business_account_id',
  whatsapp_business_account_id: 'whatsapp_business_account_id',
};
