import type { JsonObject } from '../../segment/event.ts';
import type { Sha256 } from '../../lib/sha256/sha256.ts';
import type { UserDataName } from './match-key-table.ts';

const clean = (text: string): string => text.replace(/\s/g, '').toLowerCase();

/** Keys as Segment's destination cleans them: Meta's name, the mapping's name, the rule. */
const rules: readonly (readonly [string, UserDataName, (text: string) => string])[] = [
  ['em', 'email', clean],
  ['ph', 'phone', (text) => text.replace(/\D/g, '')],
  ['db', 'dateOfBirth', clean],
  ['ln', 'lastName', clean],
  ['fn', 'firstName', clean],
  ['ct', 'city', clean],
  ['st', 'state', clean],
  ['zp', 'zip', clean],
  ['country', 'country', clean],
];

/**
 * `user_data` of an event in which no match key could be normalised: its values as Segment would send them. They hardly
 * match anybody, but the conversion is counted.
 */
export function segmentFallback(valueNamed: (name: UserDataName) => unknown, sha256: Sha256): JsonObject {
  const data: Record<string, unknown> = {};
  for (const [key, name, rule] of rules) {
    const raw = valueNamed(name);
    const normal = typeof raw === 'string' ? rule(raw) : '';
    if (normal !== '') data[key] = sha256(normal);
  }
  const address = valueNamed('client_ip_address');
  if (typeof address === 'string' && address !== '') data['client_ip_address'] = address;
  return data;
}
