const opening = '"user_data":{';
const memberName = /"([a-z_]+)":/g;

/**
 * Match keys of a server event, as it is written: `em ph external_id`. Values in `user_data` are digests and ids, in which no
 * quotation mark stands before a colon.
 */
export function matchKeysOf(json: string): string {
  const start = json.indexOf(opening);
  if (start < 0) return '';
  const from = start + opening.length;
  const keys = json.slice(from, json.indexOf('}', from)).matchAll(memberName);
  let names = '';
  for (const [, name] of keys) names = names === '' ? `${name}` : `${names} ${name}`;
  return names;
}
