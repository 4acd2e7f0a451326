import type { DropCode } from '../../reasons/drop-reasons.ts';
import { clickId, type Field, type Fields, firstOf, integer, leadId, path, text } from '../event/field.ts';
import { isNobodysAdvertisingId } from './normalisers/advertising-id.ts';
import { city } from './normalisers/city.ts';
import { country } from './normalisers/country.ts';
import { dateOfBirth } from './normalisers/date-of-birth.ts';
import { asciiAddress, email } from './normalisers/email.ts';
import { externalId } from './normalisers/external-id.ts';
import { gender } from './normalisers/gender.ts';
import { name } from './normalisers/name.ts';
import { isNobody, isNobodysId } from './normalisers/nobody.ts';
import type { Normaliser } from './normalisers/normaliser.ts';
import { phone } from './normalisers/phone.ts';
import { postalCode } from './normalisers/postal-code.ts';
import { state } from './normalisers/state.ts';

/** How the values of a match key become a digest. */
export interface HashedRule {
  readonly normalise: Normaliser;
  /** Texts of this form, in lower case, are normal already: most are, and need not be looked at more closely. */
  readonly plain?: RegExp;
  /** Longer texts are left out unread, in UTF-16 units. */
  readonly longest: number;
  /** Whether a text stands for no person. Kept words of other keys are no values of theirs anyway. */
  readonly isNobody?: (text: string) => boolean;
  /** Why a value is left out that cannot be normalised. */
  readonly otherwise: DropCode;
  /** Sent as a list even where there is one value only, as Segment does it. */
  readonly isList?: true;
}

/** Advice about a key that an event lacks. */
interface Advice {
  /** Keys of a lower rank find more people. */
  readonly rank: number;
  readonly title: string;
  /** Only visitors of a site have it. */
  readonly browser?: true;
  /** Condition of the key that its paths do not say. */
  readonly hint?: string;
}

/** One key of Meta's `user_data`: everything that is said of it anywhere. */
export interface MatchKeyRow {
  /** Meta's name. */
  readonly key: string;
  /** The members of a mapping's `user_data` whose values it takes. */
  readonly from: Fields;
  /** Members it is made from where those give nothing. */
  readonly madeFrom?: Fields;
  /** Sent as a digest; without it, as it is. */
  readonly hashed?: HashedRule;
  /** Whether a text that is sent as it is stands for no person; {@link isNobodysId} where left out. */
  readonly isNobody?: (text: string) => boolean;
  /** Neither hashed nor text as it comes: made by rules of its own. */
  readonly made?: true;
  readonly advice?: Advice;
}

type Eight = [
  MatchKeyRow?,
  MatchKeyRow?,
  MatchKeyRow?,
  MatchKeyRow?,
  MatchKeyRow?,
  MatchKeyRow?,
  MatchKeyRow?,
  MatchKeyRow?,
];
type Seven = [MatchKeyRow?, MatchKeyRow?, MatchKeyRow?, MatchKeyRow?, MatchKeyRow?, MatchKeyRow?, MatchKeyRow?];

/** As many rows as a set of keys has bits: a number of JavaScript's holds 31. */
export type AtMost31Rows = readonly [...Eight, ...Eight, ...Eight, ...Seven];

/**
 * The first of the names that the person's traits hold: those of the event's context, then those of an identify call. Other
 * spellings come under these names: see `trait-names.ts`.
 */
const trait = (...names: readonly string[]): readonly [string, ...string[]] =>
  [...names.map((name) => `$.context.traits.${name}`), ...names.map((name) => `$.traits.${name}`)] as never;

/** An address within the traits, then the flat traits of senders without one. */
const address = (member: string, ...flat: readonly string[]): readonly [string, ...string[]] =>
  trait(`address.${member}`, ...flat);

/** Letters of Western Europe are composed already and have no punctuation among them. */
const word = /^[a-z\dß-öø-ÿ]+$/;

/** In UTF-16 units: no name, number or date of a person is longer, and no rule is to look at more. */
const longest = 250;
/** Places of the cookie under its own name, and of a click id as it stands in the URL. */
const bareClicks = ['$.properties._fbc', '$.context._fbc', '$.properties.fbclid', '$.context.fbclid'] as const;
/** 64 characters, an @ and 255. @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const longestEmail = 320;
const names = {
  normalise: name,
  plain: word,
  longest,
  isNobody,
  otherwise: 'not_name',
} as const;
const lenient = { multiple: 'lenient' } as const;

/**
 * The match keys, in the order in which they are written. Mapping fields and their defaults, normalising, hashing, the strict
 * schema, the advice for events that lack a key, and the tables of the guides are read off these rows. Names without letters
 * of Meta's are the ones that Segment's destination gives its fields.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/customer-information-parameters
 */
export const matchKeyTable = [
  {
    key: 'external_id',
    from: { externalId: text('External ID', { multiple: true, default: [path('$.userId'), path('$.anonymousId')] }) },
    hashed: {
      normalise: externalId,
      plain: /^[!-~]+$/,
      longest: 4_000,
      isNobody: isNobodysId,
      otherwise: 'not_id',
      isList: true,
    },
    advice: { rank: 4, title: 'User id or visitor id' },
  },
  {
    key: 'em',
    from: {
      email: text('Email', {
        ...lenient,
        default: firstOf(...trait('email'), '$.properties.email'),
      }),
      /** Several addresses of one person; `email` is added to them. */
      emails: text('Emails', { multiple: true }),
    },
    hashed: {
      normalise: email,
      plain: asciiAddress,
      longest: longestEmail,
      otherwise: 'not_email',
    },
    advice: { rank: 1, title: 'Email address' },
  },
  {
    key: 'ph',
    from: {
      phone: text('Phone', {
        ...lenient,
        default: firstOf(...trait('phone'), '$.properties.phone'),
      }),
      phones: text('Phones', { multiple: true }),
    },
    hashed: {
      normalise: phone,
      longest,
      otherwise: 'not_phone',
    },
    advice: { rank: 2, title: 'Phone number', hint: 'Begin it with the country code.' },
  },
  {
    key: 'ge',
    from: { gender: text('Gender', { ...lenient, default: firstOf(...trait('gender')) }) },
    hashed: {
      normalise: gender,
      longest,
      otherwise: 'not_gender',
    },
    advice: { rank: 15, title: 'Gender' },
  },
  {
    key: 'db',
    from: {
      dateOfBirth: text('Date of Birth', {
        ...lenient,
        default: firstOf(...trait('birthday')),
      }),
    },
    hashed: {
      normalise: dateOfBirth,
      longest,
      otherwise: 'not_date_of_birth',
    },
    advice: { rank: 10, title: 'Date of birth' },
  },
  {
    key: 'ln',
    from: {
      lastName: text('Last Name', {
        ...lenient,
        default: firstOf(...trait('lastName', 'last_name')),
      }),
    },
    hashed: names,
    advice: { rank: 9, title: 'Last name' },
  },
  {
    key: 'fn',
    from: {
      firstName: text('First Name', {
        ...lenient,
        default: firstOf(...trait('firstName', 'first_name')),
      }),
    },
    /** Taken apart into first and last name where neither is given. */
    madeFrom: {
      fullName: text('Full Name', { default: firstOf(...trait('name')) }),
    },
    hashed: names,
    advice: { rank: 8, title: 'First name' },
  },
  {
    key: 'ct',
    from: { city: text('City', { ...lenient, default: firstOf(...address('city', 'city')) }) },
    hashed: {
      normalise: city,
      longest,
      isNobody,
      otherwise: 'not_city',
    },
    advice: { rank: 12, title: 'City' },
  },
  {
    key: 'st',
    from: {
      state: text('State', {
        ...lenient,
        default: firstOf(...address('state', 'state')),
      }),
    },
    hashed: {
      normalise: state,
      longest,
      isNobody,
      otherwise: 'not_state',
    },
    advice: { rank: 14, title: 'State' },
  },
  {
    key: 'zp',
    from: {
      zip: text('Zip Code', {
        ...lenient,
        default: firstOf(...address('postalCode', 'address.postal_code', 'postalCode', 'postal_code')),
      }),
    },
    hashed: {
      normalise: postalCode,
      plain: /^(?:\d{5,6}|\d?[a-z][a-z\d]{1,7})$/,
      longest,
      isNobody,
      otherwise: 'not_postal_code',
    },
    advice: { rank: 11, title: 'Postal code' },
  },
  {
    key: 'country',
    from: {
      country: text('Country', {
        ...lenient,
        default: firstOf(...address('country', 'country')),
      }),
    },
    hashed: {
      normalise: country,
      longest,
      isNobody,
      otherwise: 'not_country',
    },
    advice: { rank: 13, title: 'Country' },
  },
  {
    key: 'client_user_agent',
    from: { client_user_agent: text('Client User Agent', { default: path('$.context.userAgent') }) },
    advice: {
      rank: 7,
      title: 'User agent',
      browser: true,
      hint: "It must be that of the visitor's browser.",
    },
  },
  {
    key: 'subscription_id',
    from: { subscriptionID: text('Subscription ID', { default: path('$.context.subscription_id') }) },
  },
  { key: 'lead_id', from: { leadID: leadId('Lead ID', { default: path('$.context.lead_id') }) } },
  { key: 'fb_login_id', from: { fbLoginID: integer('Facebook Login ID', { default: path('$.context.fb_login_id') }) } },
  { key: 'anon_id', from: { anonId: text('Install ID (anon_id)') } },
  {
    key: 'madid',
    from: { madId: text('Advertiser ID (madid)', { default: path('$.context.device.advertisingId') }) },
    isNobody: isNobodysAdvertisingId,
  },
  { key: 'partner_id', from: { partner_id: text('Partner ID') } },
  { key: 'partner_name', from: { partner_name: text('Partner Name') } },
  { key: 'ctwa_clid', from: { ctwa_clid: text('Click to WhatsApp ID') } },
  { key: 'page_id', from: { page_id: text('Page ID') } },
  { key: 'page_scoped_user_id', from: { page_scoped_user_id: text('Page-Scoped User ID') } },
  { key: 'ig_account_id', from: { ig_account_id: text('Instagram Account ID') } },
  { key: 'ig_sid', from: { ig_sid: text('Instagram-Scoped ID') } },
  {
    key: 'instagram_business_account_id',
    from: { instagram_business_account_id: text('Instagram Business Account ID') },
  },
  {
    key: 'whatsapp_business_account_id',
    from: { whatsapp_business_account_id: text('WhatsApp Business Account ID') },
  },
  {
    key: 'fbc',
    from: {
      fbc: clickId('Click ID', {
        default: firstOf('$.properties.fbc', '$.context.fbc', '$.context.traits.fbc', '$.traits.fbc', ...bareClicks),
      }),
    },
    /** Where `fbclid` is looked for: the page's address, its query alone, then the address of the page before. */
    madeFrom: {
      clickUrl: text('Click URL', { default: firstOf('$.context.page.url', '$.properties.url') }),
      clickSearch: text('Click Search', { default: firstOf('$.context.page.search', '$.properties.search') }),
      clickReferrer: text('Click Referrer', {
        default: firstOf('$.context.page.referrer', '$.properties.referrer'),
      }),
    },
    made: true,
    advice: {
      rank: 3,
      title: 'Click id',
      browser: true,
      hint: 'Either the _fbc cookie or the URL of the landing page with its fbclid will do; keep it for later conversions.',
    },
  },
  {
    key: 'fbp',
    from: {
      fbp: text('Browser ID', {
        default: firstOf(
          '$.properties.fbp',
          '$.context.fbp',
          '$.context.traits.fbp',
          '$.traits.fbp',
          '$.properties._fbp',
          '$.context._fbp',
        ),
      }),
    },
    made: true,
    advice: { rank: 5, title: 'Browser id', browser: true, hint: 'It is the value of the _fbp cookie.' },
  },
  {
    key: 'client_ip_address',
    from: { client_ip_address: text('Client IP Address', { default: path('$.context.ip') }) },
    made: true,
    advice: { rank: 6, title: 'IP address', browser: true, hint: "It must be the visitor's own." },
  },
] as const satisfies AtMost31Rows;

type Row = (typeof matchKeyTable)[number];
type NamesOf<Each> = Each extends { readonly from: infer From }
  ? keyof From | (Each extends { readonly madeFrom: infer Made } ? keyof Made : never)
  : never;

/** A key of Meta's `user_data`. */
export type UserDataKey = Row['key'];

/** The keys of `user_data` that Meta wants hashed. */
export type MatchKey = Extract<Row, { readonly hashed: unknown }>['key'];

/** A member of a mapping's `user_data`. */
export type UserDataName = NamesOf<Row> & string;

const rows: readonly (MatchKeyRow & { readonly key: UserDataKey })[] = matchKeyTable;

/** The members of a mapping's `user_data`. */
export const userDataFields = Object.assign(
  {},
  ...rows.map(({ from, madeFrom }) => ({ ...from, ...madeFrom })),
) as Readonly<Record<UserDataName, Field>>;

/** {@link userDataFields} by name, in the order in which their values are handed over. */
export const userDataNames = Object.keys(userDataFields) as readonly UserDataName[];

/** The place of each name's value. */
export const placeOf = Object.fromEntries(userDataNames.map((name, place) => [name, place])) as Readonly<
  Record<UserDataName, number>
>;

interface HashedKeyRow {
  readonly key: MatchKey;
  readonly names: readonly UserDataName[];
  readonly rule: HashedRule;
}

/** The hashed keys with the members whose values they take. */
export const hashedRows: readonly HashedKeyRow[] = rows.flatMap(({ key, from, hashed }) =>
  hashed === undefined ? [] : [{ key: key as MatchKey, names: Object.keys(from) as UserDataName[], rule: hashed }],
);

/** The rule of each hashed key. */
export const hashedRules = Object.fromEntries(hashedRows.map(({ key, rule }) => [key, rule])) as Readonly<
  Record<MatchKey, HashedRule>
>;

interface PlainKeyRow {
  readonly key: UserDataKey;
  readonly name: UserDataName;
  readonly isNobody: (text: string) => boolean;
}

/** The keys that are sent as they come, each with its member. */
export const plainRows: readonly PlainKeyRow[] = rows.flatMap(({ key, from, hashed, made, isNobody = isNobodysId }) =>
  hashed === undefined && made === undefined
    ? Object.keys(from).map((name) => ({ key, name: name as UserDataName, isNobody }))
    : [],
);

/** Meta's key that each member's values go into; those of a full name go into two. */
export const keyOfName: Readonly<Record<string, UserDataKey>> = Object.fromEntries(
  rows.flatMap(({ key, from, madeFrom }) =>
    [...Object.keys(from), ...Object.keys(madeFrom ?? {})].map((name) => [name, key] as const),
  ),
);
