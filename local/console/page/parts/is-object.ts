/** Here once more, since the shared one comes with all of the schemas, which only the tester needs. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
