import { setTimeout as sleep } from 'node:timers/promises';
import type { Round } from './round.ts';
import { median, order, sendBatch, until } from './send.ts';

const bytes = 30_000;
const filled = (piece: string): string => piece.repeat(Math.ceil(bytes / piece.length)).slice(0, bytes);

/** Texts that cost readers of URLs, escapes, numbers and addresses most. */
export const hostileTexts: readonly string[] = [
  `?q=%2525252540 ${filled('1%ff')}+1`,
  filled('%25'),
  filled('%F0%9F'),
  filled('+1 '),
  filled('a@'),
  filled('a.b@c.'),
  filled('49 (0) '),
  filled('&a=%40'),
  filled('&#64;'),
  filled('＠'),
  filled('"a b"@'),
  filled('['),
  filled('{{'),
  filled('::'),
  filled('\\'),
  filled('\ufe0f'),
  filled('1'),
  `${filled('0')}.${filled('0')}`,
];

/** Where a text can stand in an event. */
const places: readonly ((text: string) => Record<string, unknown>)[] = [
  (text) => ({ context: { userAgent: 'M', page: { url: `https://a.b/${text}` } } }),
  (text) => ({ context: { userAgent: text, page: { url: 'https://a.b/' } } }),
  (text) => ({ properties: { revenue: 1, currency: 'EUR', order_id: text } }),
  (text) => ({ properties: { revenue: text, currency: text, fbp: text, fbc: text } }),
  (text) => ({
    context: { userAgent: 'M', traits: { email: text, phone: text, firstName: text, address: { city: text } } },
  }),
  (text) => ({ event: 'Custom X', properties: { value: 1, currency: 'EUR', note: text, [text.slice(0, 200)]: text } }),
];

/** One source sends the worst texts once a second; another sends two orders a second and must not notice. */
export const hostile: Round = async ({ pipeline, graph, random, short, minutes }) => {
  const secondsAlone = short ? 4 : 60;
  const seconds = secondsAlone * minutes;
  const breaches: string[] = [];

  const victims = async (name: string, attack: boolean): Promise<number> => {
    const sentAt = new Map<string, number>();
    for (let tick = 0; tick < 2 * (attack ? seconds : secondsAlone); tick++) {
      const id = `victim-${name}-${tick}`;
      sentAt.set(id, Date.now());
      const sending = [sendBatch(pipeline.url, 'victim-key', [order(id)])];
      if (attack && tick % 2 === 0) sending.push(sendBatch(pipeline.url, 'server-key', hostileBatch(random, tick)));
      await Promise.all([sleep(500), sending[0]]);
      // The attacker's answers may take their time.
      sending[1]?.catch(() => {});
    }
    await until(() => [...sentAt.keys()].every((id) => graph.stored.has(id)), 60_000);
    const missing = [...sentAt.keys()].filter((id) => !graph.stored.has(id));
    if (missing.length > 0) breaches.push(`${name}: ${missing.length} of the victim's orders did not arrive`);
    return median([...sentAt].map(([id, at]) => (graph.storedAt.get(id) ?? Number.POSITIVE_INFINITY) - at));
  };

  const before = await victims('alone', false);
  const during = await victims('attacked', true);
  if (!short && during > 1.5 * before) {
    breaches.push(`the victim's median delay grew from ${Math.round(before)} to ${Math.round(during)} ms`);
  }
  return {
    figures: [
      `victim's median delay ${Math.round(before)} ms alone, ${Math.round(during)} ms beside ${seconds} hostile requests of 15 events`,
    ],
    breaches,
  };
};

const hostileBatch = (random: () => number, tick: number): readonly unknown[] =>
  Array.from({ length: 15 }, (_, n) => {
    const text = hostileTexts[Math.floor(random() * hostileTexts.length)] ?? '';
    const place = places[Math.floor(random() * places.length)];
    return order(`hostile-${tick}-${n}`, place?.(text));
  });
