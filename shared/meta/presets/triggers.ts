/** FQL for track calls of any of some names. */
export function trackTrigger(names: readonly string[]): string {
  const conditions = names.map((name) => `event = "${name.replaceAll('"', '\\"')}"`);
  return `type = "track" and ${conditions.length === 1 ? conditions[0] : `(${conditions.join(' or ')})`}`;
}

/** FQL for identify calls in which a trait is true. */
export const identifyTrigger = (trait: string): string =>
  `type = "identify" and traits.${trait.replaceAll(/[^\p{L}\p{N}_]/gu, '\\$&')} = true`;
