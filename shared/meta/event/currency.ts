import { codes } from 'currency-codes';

/** Codes that joined ISO 4217 after the package's list, and ones that left it lately and still come in late events. */
const changedLately = ['XAD', 'XCG', 'ZWG', 'SLL', 'HRK', 'ZWC', 'ANG', 'BGN', 'CUC'];

const known: ReadonlySet<string> = new Set([...codes(), ...changedLately]);

/** The ISO 4217 code in upper case, or undefined when there is no such currency. Nothing is guessed. */
export function currencyCode(raw: string): string | undefined {
  const code = raw.toUpperCase();
  return known.has(code) ? code : undefined;
}

export const currencyCodes = (): readonly string[] => [...known].sort();

/** Signs that stand for one currency alone: a dollar, a pound, a yen and a crown are those of several countries. */
const signs: Readonly<Record<string, string>> = {
  ...{ '€': 'EUR', '₹': 'INR', '₺': 'TRY', '₽': 'RUB', '₴': 'UAH', '₫': 'VND', '₦': 'NGN', '₪': 'ILS', '₩': 'KRW' },
  ...{ '₱': 'PHP', '฿': 'THB', R$: 'BRL', US$: 'USD', CA$: 'CAD', A$: 'AUD', HK$: 'HKD', NZ$: 'NZD', zł: 'PLN' },
};

const marksAround = /^[^\p{L}\p{N}\p{Sc}]+|[^\p{L}\p{N}\p{Sc}]+$/gu;

/** The code of what people write for it: with blanks, quotes or a point around it, or as a sign. */
export function currencyOfText(raw: string): string | undefined {
  const text = raw.slice(0, 20).replace(marksAround, '');
  return currencyCode(text) ?? (Object.hasOwn(signs, text) ? signs[text] : undefined);
}
