import { shuffled } from '../chaos/seeded-random.ts';

export type Random = () => number;

/** Any of the items. */
export const anyOf = <Item>(items: readonly Item[], random: Random): Item =>
  items[Math.floor(random() * items.length)] as Item;

/** Values that senders write where something else belongs. */
const oddities: readonly unknown[] = [
  ...[null, '', ' ', 0, -0, -1, 1.5, 1e300, 2 ** 53, true, false, [], {}, [[]], [null], ['a', 'b'], { toString: 1 }],
  ...['null', 'undefined', 'NaN', '[object Object]', 'guest', 'N/A', '0001-01-01T00:00:00Z', '2026-11-30T10:00:00,1Z'],
  ...['<script>', '\ud83d', '\u0000', '\u2028', 'x'.repeat(300), '{"a":[1]}', '[{"product_id":"a"}]', '%E0%A4%A'],
  ...[1796032800, '1796032800000', { 0: { product_id: 'a' }, 2: { product_id: 'b' } }, { '@path': '$.userId' }],
  ...['https://shop.example/?fbclid=%22', 'about:blank', 'fb.1.1796039940000.abc', ' usd ', '4.47912E+11', '+39 06 1'],
];

/** A copy in which some values, anywhere, are others: odd ones, of the given ones, or gone, wrapped, or text of themselves. */
export function mutated(value: unknown, random: Random, others: readonly unknown[] = []): unknown {
  const change = (member: unknown, depth: number): unknown => {
    const dice = random();
    if (depth > 0) {
      if (dice < 0.02) return anyOf(oddities, random);
      if (dice < 0.035 && others.length > 0) return anyOf(others, random);
      if (dice < 0.045) return JSON.stringify(member);
      if (dice < 0.055) return [member, member];
      if (dice < 0.065) return { ...[member] };
      if (dice < 0.07) return undefined;
    }
    if (Array.isArray(member)) return member.map((item) => change(item, depth + 1));
    if (typeof member !== 'object' || member === null) return member;
    const members = Object.entries(member).map(([name, inner]) => [name, change(inner, depth + 1)] as const);
    return Object.fromEntries(dice > 0.95 ? shuffled(members, random) : members);
  };
  return change(value, 0);
}

/** JSON that is damaged, or that other languages write. */
export function mutatedText(text: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  const with_ = (inserted: string, cut = 0): string => text.slice(0, at) + inserted + text.slice(at + cut);
  switch (Math.floor(random() * 9)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.replace(/:(\d+|null|true)/, () => `:${anyOf(['NaN', '-Infinity', 'undefined'], random)}`);
    case 2:
      return with_(anyOf(['\u0000', '\n', '\t', '\u001f', '\ufeff'], random));
    case 3:
      return with_(anyOf(['{', '}', '[', ']', ',', ':', '"', '\\', '\\u', 'NaN', '9'.repeat(20)], random));
    case 4:
      return with_('', 1 + Math.floor(random() * 4));
    case 5:
      return `\ufeff${text}\u0000`;
    case 6:
      return text + text;
    case 7:
      return with_('['.repeat(Math.floor(random() * 3_000)));
    default:
      return text.replaceAll('"', "'");
  }
}
