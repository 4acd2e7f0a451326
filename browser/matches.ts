/** Traits of a person, as libraries keep them. */
export interface Traits {
  readonly email?: unknown;
  readonly phone?: unknown;
  readonly firstName?: unknown;
  readonly lastName?: unknown;
}

const lower = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.trim().toLowerCase() : undefined;

/**
 * Match keys of a person's traits for the Pixel's `init`, in Meta's form. The Pixel hashes them before they leave the page.
 *
 * @see https://developers.facebook.com/docs/meta-pixel/advanced/advanced-matching
 */
export const matchesOf = ({ email, phone, firstName, lastName }: Traits = {}) => ({
  em: lower(email),
  ph: lower(phone)?.replace(/\D/g, '').replace(/^0+/, ''),
  fn: lower(firstName),
  ln: lower(lastName),
});
