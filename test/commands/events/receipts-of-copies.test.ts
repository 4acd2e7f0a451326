import { describe, expect, it } from 'vitest';
import { queuedCopies } from '../../../commands/events/queued-copies.ts';
import { withCopies } from '../../../commands/events/receipts-of-copies.ts';
import { timelineJson } from '../../../commands/events/timeline-json.ts';
import { personDigests } from '../../../shared/record/person-digests.ts';
import type { Receipt } from '../../../shared/record/receipt.ts';
import { isOpen, timelinesOf } from '../../../shared/record/timeline.ts';
import { now, track } from '../../support/factories.ts';

const at = now.toISOString();
const event = { ...track('Order Completed'), messageId: 'order-1', receivedAt: at };
const message = (mappings: readonly string[]) => ({
  version: 1,
  source: 'shop',
  events: [event, { ...event, messageId: 'order-2' }],
  retry: { destination: 'main', mappings, attempt: 3, firstFailedAt: at },
});
const letter = {
  ...{ version: 1, stage: 'deliver', code: 'meta_rejected', reason: 'Refused.', fix: 'Mend it.', source: 'shop' },
  ...{ destination: 'main', mapping: 'purchase', attempts: 1, firstFailedAt: at, lastFailedAt: at, event },
};

const target = { deployment: 'local', port: '1', env: {}, root: '/' } as const;
const digest = personDigests('secret');
const facts = { v: 1, id: 'order-1', s: 'shop', e: 'Order Completed', t: now.getTime() - 9_000 } as const;
const accepted: Receipt = { ...facts, k: 'accepted' };
const place = { a: facts.t, d: 'main', m: 'purchase', n: 1 } as const;
const delivered: Receipt = { ...facts, ...place, k: 'delivered', t: facts.t + 1 };
const attempt: Receipt = { ...facts, ...place, k: 'attempt', t: facts.t + 1, r: 'http_503', o: 'retry' };

interface Queues {
  readonly events?: readonly unknown[];
  readonly deadLetters?: readonly unknown[];
}

async function timelineWith(receipts: readonly Receipt[], { events = [], deadLetters = [] }: Queues) {
  const bodies = (all: readonly unknown[]) =>
    Object.fromEntries(all.map((body, index) => [String(index), JSON.stringify(body)]));
  const answer = { events: bodies(events), deadLetters: bodies(deadLetters) };
  const { copies } = await queuedCopies(target, ['order-1'], {
    fetch: async () => Response.json(answer),
    stopped: new AbortController().signal,
  });
  const ofIt = copies.filter((copy) => copy.letter.messageId === 'order-1');
  const [timeline] = await withCopies(timelinesOf(receipts), ofIt, digest, target, now);
  return { timeline, queues: new Set(ofIt.map(({ queue }) => queue)) };
}

const ends = (timeline: Awaited<ReturnType<typeof timelineWith>>['timeline']): string[] =>
  (timeline?.final ?? []).map(({ destination, mapping, outcome, reason }) =>
    [destination, mapping, outcome, reason].join(' '),
  );

describe('withCopies', () => {
  it.each<{ title: string; receipts: Receipt[]; queues: Queues; final: string[]; open: boolean }>([
    {
      title: 'ends what SQS moved after too many receives, once for each mapping',
      receipts: [accepted, attempt],
      queues: { deadLetters: [message(['purchase', 'gift'])] },
      final: ['main purchase dead received_too_often', 'main gift dead received_too_often'],
      open: false,
    },
    {
      title: 'leaves delivered what was delivered before its message came too often',
      receipts: [accepted, delivered],
      queues: { deadLetters: [message(['purchase'])] },
      final: ['main purchase delivered '],
      open: false,
    },
    {
      title: 'knows the end of a letter whose receipt is missing',
      receipts: [accepted],
      queues: { deadLetters: [letter] },
      final: ['main purchase dead meta_rejected'],
      open: false,
    },
    {
      title: 'tells of an event that no receipt tells of, since ingest was killed',
      receipts: [],
      queues: { events: [message(['purchase'])] },
      final: [],
      open: true,
    },
    {
      title: 'leaves open what waits',
      receipts: [accepted, attempt],
      queues: { events: [message(['purchase'])] },
      final: [],
      open: true,
    },
  ])('$title', async ({ receipts, queues, final, open }) => {
    const { timeline } = await timelineWith(receipts, queues);

    expect(ends(timeline)).toEqual(final);
    expect(timeline && isOpen(timeline)).toBe(open);
  });

  it.each<[string, Receipt[], Queues, string]>([
    ['on the events queue', [accepted, attempt], { events: [message(['purchase'])] }, 'on the events queue'],
    ['in the dead letter queue', [accepted], { deadLetters: [letter] }, 'in the dead letter queue'],
    ['on neither', [accepted, attempt], {}, 'on neither queue: lost, or ended this moment'],
  ])('says that an event is %s', async (_, receipts, queues, text) => {
    const { timeline, queues: found } = await timelineWith(receipts, queues);

    expect(timeline && timelineJson(timeline, new Map(), found).now).toBe(text);
  });
});

describe('queuedCopies', () => {
  it('finds nothing where no runtime answers, and says that it could not look', async () => {
    const { copies, lookedInto } = await queuedCopies(target, ['order-1'], {
      fetch: async () => {
        throw new Error('refused');
      },
      stopped: new AbortController().signal,
    });

    expect([copies, lookedInto.size]).toEqual([[], 0]);
  });
});
