import { describe, expect, it } from 'vitest';
import { withAddressNames, withTraitNames } from '../../../../shared/meta/user-data/trait-names.ts';

// Names that a destination knows in one spelling only leave people without their keys:
// segmentio/analytics.js-integrations#265 (snake case), segment-boneyard/analytics-magento#55 (`firstname`),
// stape-io/facebook-tag#26 (`LastName`, `nameLast`).
describe('withTraitNames', () => {
  it.each<[string, string]>([
    ['Email', 'email'],
    ['EMAIL', 'email'],
    ['e-mail', 'email'],
    ['$email', 'email'],
    ['email_address', 'email'],
    ['customer_email', 'email'],
    ['PhoneNumber', 'phone'],
    ['mobile', 'phone'],
    ['FirstName', 'firstName'],
    ['First Name', 'firstName'],
    ['FIRST_NAME', 'firstName'],
    ['firstname', 'firstName'],
    ['nameLast', 'lastName'],
    ['family_name', 'lastName'],
    ['full_name', 'name'],
    ['customerName', 'name'],
    ['DOB', 'birthday'],
    ['date_of_birth', 'birthday'],
    ['Gender', 'gender'],
    ['_fbc', 'fbc'],
    ['Zip Code', 'postalCode'],
    ['address_city', 'city'],
    ['billingCity', 'city'],
    ['countryCode', 'country'],
  ])('reads %s as %s', (given, name) => {
    expect(withTraitNames({ [given]: 'x', other: 1 })).toEqual({ [given]: 'x', other: 1, [name]: 'x' });
  });

  it.each<[string, object]>([
    ['the usual names', { email: 'x', firstName: 'x', postalCode: 'x' }],
    ['spellings in which the defaults look themselves', { first_name: 'x', last_name: 'x', postal_code: 'x' }],
    ['names that mean something else', { username: 'x', company_name: 'x', region: 'x', nickname: 'x', id: 'x' }],
    ['a usual name beside another', { email: 'x', Email: 'y' }],
    ['another name without a value', { Email: '', DOB: null }],
    ['a very long name', { [`${'_'.repeat(100)}email`]: 'x' }],
    ['names that objects inherit', { constructor: 'x', toString: 'y', ['__proto__']: 'z' }],
  ])('gives the traits themselves where they hold %s', (_, traits) => {
    const bag = traits as Readonly<Record<string, unknown>>;

    expect(withTraitNames(bag)).toBe(bag);
  });

  it('takes the place of an empty usual name, and of several the more telling one, whatever their order', () => {
    const mobileFirst = { email: '', mobile: '2', Email: 'e', phone_number: '1' };

    expect(withTraitNames(mobileFirst)).toMatchObject({ email: 'e', phone: '1' });
    expect(withTraitNames({ customer_phone: '3', mobile: '2' })).toMatchObject({ phone: '2' });
  });

  it('knows a name again, and others after many', () => {
    for (let index = 0; index < 2_500; index++) withTraitNames({ [`trait ${index}`]: 1 });

    expect(withTraitNames({ Email: 'x' })).toEqual({ Email: 'x', email: 'x' });
    expect(withTraitNames({ Email: 'x' })).toEqual({ Email: 'x', email: 'x' });
  });

  it('knows a name behind thousands of traits of one person', () => {
    const many = Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`trait_${index}`, index]));

    expect(withTraitNames({ ...many, ' $First-Name ': 'x' })).toMatchObject({ firstName: 'x' });
  });

  it('looks no further once hundreds of traits begin and end as names do', () => {
    const alike = Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`m${index}l`, index]));

    expect(withTraitNames({ ...alike, Email: 'x' })).not.toHaveProperty('email');
  });
});

describe('withAddressNames', () => {
  it.each<[string, string]>([
    ['City', 'city'],
    ['town', 'city'],
    ['region', 'state'],
    ['province_code', 'state'],
    ['zip', 'postalCode'],
    ['PostCode', 'postalCode'],
    ['country_code', 'country'],
  ])('reads %s as %s', (given, name) => {
    expect(withAddressNames({ [given]: 'x' })).toEqual({ [given]: 'x', [name]: 'x' });
  });
});
