import { describe, expect, it } from 'vitest';
import { phone } from '../../../../../shared/meta/user-data/normalisers/phone.ts';

describe('phone', () => {
  it.each([
    { raw: '+4930123456', digits: '4930123456' },
    { raw: '+1-650-555-1212', digits: '16505551212' },
    { raw: '+49 151 23456789', digits: '4915123456789' },
    { raw: '+ 49  30 - 123456 ', digits: '4930123456' },
    { raw: '+044 20 7946 0958', digits: '442079460958' },
    { raw: '+49–30–123456', digits: '4930123456' },
    { raw: '+123-4567', digits: '1234567' },
    { raw: '+123456789012345', digits: '123456789012345' },
    { raw: '+49 (0)30 123456', digits: '4930123456' },
    { raw: '0049 (0) 30 123456', digits: '4930123456' },
    { raw: '(+44) 20 7946 0958', digits: '442079460958' },
    { raw: '＋８１－３－５８４３－２３０１', digits: '81358432301' },
    { raw: '+९१ ९८७६५ ४३२१०', digits: '919876543210' },
    { raw: '+𝟏𝟔𝟓𝟎𝟓𝟓𝟓𝟏𝟐𝟏𝟐', digits: '16505551212' },
    { raw: '+1 650 555 1212 extension 12', digits: '16505551212' },
    { raw: '+1 650 555 1212 (x12)', digits: '16505551212' },
    { raw: '555#123#4567', digits: '5551234567' },
    { raw: 'fax 650 555 1212', digits: '6505551212' },
    { raw: '+14155552671.0', digits: '14155552671' },
    { raw: '+4915123456789.00', digits: '4915123456789' },
    { raw: '+4915123456789,0', digits: '4915123456789' },
    { raw: '+1.650.555.0000', digits: '16505550000' },
    { raw: '+1 650 555 1210', digits: '16505551210' },
  ])('reads $raw as $digits', ({ raw, digits }) => {
    expect(phone(raw, {})).toBe(digits);
  });

  it.each(['', '+', '123456', '1234567890123456', '0000000', 'call me', '+123-456', '+1234567890123456'])(
    'refuses "%s"',
    (raw) => {
      expect(phone(raw, {})).toBeUndefined();
    },
  );

  it.each([
    { country: 'us', raw: '650-555-1212', digits: '16505551212' },
    { country: 'ca', raw: '1 416 555 0123', digits: '14165550123' },
    { country: 'us', raw: '011 44 20 7946 0958', digits: '442079460958' },
    { country: 'us', raw: '555-1212', digits: '5551212' },
    { country: 'gb', raw: '020 7946 0958', digits: '442079460958' },
    { country: 'gb', raw: '447911123456', digits: '447911123456' },
    { country: 'fr', raw: '06 12 34 56 78', digits: '33612345678' },
    { country: 'fr', raw: '336123456', digits: '33336123456' },
    { country: 'de', raw: '4930123456', digits: '4930123456' },
    { country: 'it', raw: '06 698 12345', digits: '390669812345' },
    { country: 'it', raw: '3906 698 12345', digits: '390669812345' },
    { country: 'ru', raw: '8 (912) 345-67-89', digits: '79123456789' },
    { country: 'ru', raw: '800 555 35 35', digits: '78005553535' },
    { country: 'ru', raw: '7 912 345 67 89', digits: '79123456789' },
    { country: 'hu', raw: '06 20 123 4567', digits: '36201234567' },
    { country: 'lt', raw: '8 612 34567', digits: '37061234567' },
    { country: 'ci', raw: '07 01 02 03 04', digits: '2250701020304' },
    { country: 'in', raw: '91987 65432', digits: '919198765432' },
    { country: 'es', raw: '612 345 678', digits: '34612345678' },
    { country: 'au', raw: '0011 44 20 7946 0958', digits: '442079460958' },
    { country: 'jp', raw: '010 49 30 123456', digits: '4930123456' },
    { country: 'fr', raw: '+1 650 555 1212', digits: '16505551212' },
    { country: 'fr', raw: '0049 30 123456', digits: '4930123456' },
    { country: 'Germany', raw: '030 123456', digits: '4930123456' },
    { country: 'DEU', raw: '030 123456', digits: '4930123456' },
    { country: 'nowhere', raw: '030 123456', digits: '30123456' },
    { country: 'aq', raw: '030 123456', digits: '30123456' },
  ])('in $country reads $raw as $digits', ({ country, raw, digits }) => {
    expect(phone(raw, { country })).toBe(digits);
  });

  it('leaves a number alone that is too long for the country', () => {
    expect(phone('650 555 1212', { country: 'fr' })).toBe('6505551212');
  });
});
