/** FQL for track calls of any of some names. */
export function trackTrigger(names: readonly string[]): string {
  const conditions = names.map((name) => `event = "${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
  return `type = "track" and ${conditions.length === 1 ? conditions[0] : `(${conditions.join(' or ')})`}`;
}
