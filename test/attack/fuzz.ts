import { gzipSync } from 'node:zlib';
import type { Round } from './round.ts';
import { type Answered, order, send, until } from './send.ts';

/** Personal data that is planted in events and must never reach the Graph API in plain. */
export const canaries = { email: 'canary.jane@canary.example', phone: '+4917600000777' };

const paths = [
  '/v1/batch',
  '/v1/b',
  '/v1/track',
  '/v1/t',
  '/v1/identify',
  '//v1/batch/',
  '/v1/import',
  '/beacon/v1/batch?writeKey=web-key',
  '/v1/pixel/track?data=e30',
  '/v1/nothing',
  '/',
  '/%00',
  '/v1/batch?writeKey=%FF',
];

/** Sends requests that are wrong in one place or in many, each beside a good event that must not suffer for it. */
export const fuzz: Round = async ({ pipeline, graph, random, short }) => {
  const count = short ? 300 : 10_000;
  const statuses = new Map<number, number>();
  const owed: string[] = [];
  let slowest: Answered = { status: 0, text: '', ms: 0 };
  const breaches: string[] = [];
  let next = 0;

  const worker = async (): Promise<void> => {
    while (next < count) {
      const id = `fuzz-good-${next++}`;
      const request = fuzzedRequest(random, id);
      const answer = await send(`${pipeline.url}${request.path}`, request.init);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.ms > slowest.ms) slowest = answer;
      if (answer.status >= 500 && answer.status !== 503) breaches.push(`${answer.status} for ${request.path}`);
      if (answer.status === 0) breaches.push(`no answer for ${request.path}: ${answer.text}`);
      if (answer.status === 200 && !request.isDamaged && wasTaken(answer.text, id)) owed.push(id);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));

  await until(() => owed.every((id) => graph.stored.has(id)), 60_000);
  const lost = owed.filter((id) => !graph.stored.has(id));
  if (lost.length > 0) breaches.push(`${lost.length} good events were accepted and did not arrive, such as ${lost[0]}`);
  if (graph.leaks.length > 0)
    breaches.push(`personal data reached the Graph API in plain: ${graph.leaks.length} times`);
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status} × ${times}`);
  return {
    figures: [
      `${count} requests: ${counts.join(', ')}; slowest answer ${Math.round(slowest.ms)} ms (${slowest.status})`,
      `${owed.length} good events beside them accepted, ${owed.length - lost.length} delivered`,
    ],
    breaches,
  };
};

/** Whether the answer says that the event with this id was accepted. */
function wasTaken(text: string, id: string): boolean {
  try {
    const { accepted = 0, rejected = [] } = JSON.parse(text) as {
      accepted?: number;
      rejected?: readonly { readonly messageId?: string }[];
    };
    return accepted > 0 && text.includes('"accepted"') && !rejected.some(({ messageId }) => messageId === id);
  } catch {
    return false;
  }
}

interface FuzzedRequest {
  readonly path: string;
  /** Whether the good event may have become another one. */
  readonly isDamaged: boolean;
  readonly init: RequestInit;
}

function fuzzedRequest(random: () => number, id: string): FuzzedRequest {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const isPlain = random() < 0.7;
  const path = isPlain ? '/v1/batch' : pick(paths);
  const mutant = mutate(order(`fuzz-bad-${id}`, { context: contextWithCanaries }), random);
  const batch = random() < 0.9 ? [order(id), mutant] : mutant;
  let text = JSON.stringify({ batch, sentAt: pick([new Date().toISOString(), 'never', 0, undefined]) });
  const isDamaged = random() < 0.15;
  if (isDamaged) text = damage(text, random);
  const compressed = random() < 0.2;
  const body = compressed ? new Uint8Array(gzipSync(text)) : text;
  const headers: Record<string, string> = {
    'content-type': pick(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'nonsense']),
  };
  if (random() < 0.9)
    headers['authorization'] = `Basic ${btoa(pick(['server-key:', 'server-key', 'web-key:', 'nobody:']))}`;
  if (compressed || random() < 0.05) headers['content-encoding'] = 'gzip';
  if (random() < 0.1) headers['origin'] = pick(['https://shop.example', 'https://evil.example', 'null']);
  const method = random() < 0.95 ? 'POST' : pick(['GET', 'PUT', 'OPTIONS', 'DELETE']);
  return { path, isDamaged, init: { method, headers, ...(method !== 'GET' && { body }) } };
}

const contextWithCanaries = {
  userAgent: 'Mozilla/5.0',
  page: { url: `https://shop.example/?mail=${canaries.email}`, title: canaries.phone },
  traits: { email: canaries.email, phone: canaries.phone },
};

const oddValues: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1e308,
  12345678901234567890n.toString(),
  true,
  [],
  {},
  [[[]]],
  { '': { '': 0 } },
  '\u0000',
  '\ud800',
  '％',
  '%25%ff%',
  'NaN',
  '<script>',
  '{{ x }}',
  'a'.repeat(5_000),
  '1%ff'.repeat(2_000),
];

/** The value with one to three of its members, at any depth, replaced, removed, doubled or renamed. */
function mutate(value: Record<string, unknown>, random: () => number): Record<string, unknown> {
  const copy = structuredClone(value);
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    let holder = copy;
    for (;;) {
      const names = Object.keys(holder);
      const name = names[Math.floor(random() * names.length)];
      if (name === undefined) break;
      const inner = holder[name];
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && random() < 0.6) {
        holder = inner as Record<string, unknown>;
        continue;
      }
      const way = random();
      // A copy: a value that is mutated in place would stay so, and could come to hold itself.
      if (way < 0.6) holder[name] = structuredClone(oddValues[Math.floor(random() * oddValues.length)]);
      else if (way < 0.8) delete holder[name];
      else holder[`${name}${oddValues[Math.floor(random() * oddValues.length)]}`.slice(0, 200)] = inner;
      break;
    }
  }
  return copy;
}

/** The text cut, doubled or with a character replaced somewhere. */
function damage(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const way = random();
  if (way < 0.4) return text.slice(0, at);
  if (way < 0.7) return text.slice(0, at) + text.slice(Math.max(0, at - 20));
  return `${text.slice(0, at)}\u0001${text.slice(at + 1)}`;
}
