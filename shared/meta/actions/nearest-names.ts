import { allClosest, editDistance } from '../../lib/closest.ts';
import { wireNames } from './other-names.ts';

/** A name that differs in underscores and letter case only is meant before one that is spelt alike. */
export function nearestNames(name: string, known: readonly string[]): readonly string[] {
  const wire = wireNames.get(name);
  if (wire !== undefined && known.includes(wire)) return [wire];
  const plain = known.filter((each) => plainly(each) === plainly(name));
  const alike = allClosest(name, known);
  if (plain.length > 0) return [...new Set([...plain, ...alike.filter((each) => isOneOff(name, each))])];
  return alike.length > 0 ? alike : known.filter((each) => plainly(each) === `${plainly(name)}field`);
}

export const isOneOff = (name: string, other: string): boolean =>
  editDistance(name.toLowerCase(), other.toLowerCase()) === 1;

const plainly = (name: string): string => name.replaceAll('_', '').toLowerCase();
