import { describe, expect, it } from 'vitest';
import { currencyCode, currencyOfText } from '../../../../shared/meta/event/currency.ts';

describe('currencyCode', () => {
  it.each(['USD', 'EUR', 'JPY', 'SLE', 'VED', 'XAD', 'XCG', 'ZWG'])('knows %s', (code) => {
    expect(currencyCode(code)).toBe(code);
  });

  it.each(['ANG', 'BGN', 'CUC', 'HRK', 'SLL', 'ZWC'])('still knows %s, which late events carry', (code) => {
    expect(currencyCode(code)).toBe(code);
  });

  it.each(['usd', 'Eur'])('takes %s for its upper case', (code) => {
    expect(currencyCode(code)).toBe(code.toUpperCase());
  });

  it.each(['', '$', '€', 'US', 'USDX', 'euros', 'DEM', '840', 'constructor'])('does not guess at %j', (text) => {
    expect(currencyCode(text)).toBeUndefined();
  });
});

describe('currencyOfText', () => {
  it.each([
    [' usd ', 'USD'],
    ['"EUR"', 'EUR'],
    ['EUR.', 'EUR'],
    ['EUR\u200b', 'EUR'],
    ['€', 'EUR'],
    [' € ', 'EUR'],
    ['US$', 'USD'],
    ['zł', 'PLN'],
  ])('reads %j', (text, code) => {
    expect(currencyOfText(text)).toBe(code);
  });

  it.each(['', '$', '£', '¥', 'kr', 'Euro', 'EUR/USD', 'EUR 10', 'toString', 'E UR'])(
    'does not guess at %j',
    (text) => {
      expect(currencyOfText(text)).toBeUndefined();
    },
  );
});
