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
