export type JsonObject = Record<string, unknown>;

/** Whether a value is an object with keys of its own, and not a list or null. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether an object of a mapping asks for a directive rather than standing for itself. */
export const isDirective = (value: unknown): value is JsonObject =>
  isObject(value) && Object.keys(value).some((key) => key.startsWith('@'));

/** A value's type as a message says it: `a number`, `an array`, `null`. Never the value. */
export function describeType(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
