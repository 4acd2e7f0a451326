import { mkdtempSync, readFileSync, rmSync, globSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eraseFromFiles } from '../../../commands/events/erase-files.ts';
import { personMatcher } from '../../../commands/events/person-matcher.ts';
import { localFiles, type RecordFiles } from '../../../commands/events/record-files.ts';
import { personDigests } from '../../../shared/record/person-digests.ts';
import { readReceipts } from '../../../shared/record/read-receipts.ts';
import type { Receipt } from '../../../shared/record/receipt.ts';
import { isOpen, timelinesOf } from '../../../shared/record/timeline.ts';
import { writeReceipts } from '../../support/record-folder.ts';

const digest = personDigests('secret');
const jane = personMatcher(
  [
    { kind: 'userId', value: 'jane-1' },
    { kind: 'email', value: 'Jane@example.com' },
  ],
  digest,
);
const start = Date.parse('2026-03-10T08:00:00.000Z');
const now = new Date('2026-03-12T00:00:00.000Z');
const hour = 3_600_000;

const receiptsOf = (id: string, userId: string, hours: number, ended: boolean): Receipt[] => {
  const facts = { v: 1, id, s: 'shop', e: 'Order Completed' } as const;
  const t = start + hours * hour;
  const ev = JSON.stringify({ type: 'track', userId, traits: { email: `${userId.split('-')[0]}@example.com` } });
  const p = [digest({ kind: 'userId', value: userId })];
  const place = { a: t, d: 'main', m: 'Purchase', n: 1 };
  return [
    { ...facts, k: 'accepted', t, p, ev },
    ended
      ? { ...facts, ...place, k: 'delivered', t: t + hour, x: 'trace' }
      : { ...facts, ...place, k: 'attempt', t: t + hour, r: 'http_503', o: 'retry' },
  ];
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'erase-'));
  writeReceipts(folder, [
    ...receiptsOf('order-1', 'jane-1', 0, true),
    ...receiptsOf('order-2', 'jane-1', 2, false),
    ...receiptsOf('order-3', 'joe-1', 0, true),
    ...receiptsOf('order-4', 'ann-1', 2, false),
  ]);
});
afterEach(() => rmSync(folder, { recursive: true }));

const allText = (): string =>
  globSync('**/*.gz', { cwd: folder })
    .map((file) => String(gunzipSync(readFileSync(join(folder, file)))))
    .join('');

const ofOthers = (): Receipt[] =>
  readReceipts(allText()).receipts.filter(({ id }) => ['order-3', 'order-4'].includes(id ?? ''));

describe('eraseFromFiles', () => {
  it('leaves nothing that leads to the person, and everybody else as before', async () => {
    const before = ofOthers();

    const erased = await eraseFromFiles(localFiles(folder), jane, 'salt', now);

    expect(erased).toMatchObject({ receipts: 4, events: 2 });
    expect(allText()).not.toMatch(/jane|order-1|order-2|trace.*erased/);
    expect(allText()).not.toContain(hash('sha256', 'jane@example.com'));
    expect([...jane.digests].filter((each) => allText().includes(each))).toEqual([]);
    expect(ofOthers()).toEqual(before);
  });

  it('keeps the counts, and ends what the person still waited for', async () => {
    await eraseFromFiles(localFiles(folder), jane, 'salt', now);
    const { receipts, unread } = readReceipts(allText());
    const count = (k: string): number => receipts.filter((receipt) => receipt.k === k).length;

    expect([count('accepted'), count('delivered'), count('attempt'), count('erased'), unread]).toEqual([4, 2, 2, 2, 0]);
    expect(
      timelinesOf(receipts)
        .filter(isOpen)
        .map(({ messageId }) => messageId),
    ).toEqual(['order-4']);
  });

  it('finds nothing the second time', async () => {
    await eraseFromFiles(localFiles(folder), jane, 'salt', now);

    expect(await eraseFromFiles(localFiles(folder), jane, 'salt', now)).toEqual({ files: 0, receipts: 0, events: 0 });
  });

  it.each([0, 1, 2, 3])('comes to the same when it is killed after %i files and run again', async (files) => {
    const whole = localFiles(folder);
    let written = 0;
    const killed: RecordFiles = {
      ...whole,
      write: (name, contents) => {
        if (written++ === files) throw new Error('killed');
        return whole.write(name, contents);
      },
    };

    await eraseFromFiles(killed, jane, 'salt', now).catch(() => {});
    await eraseFromFiles(whole, jane, 'salt', now);
    const { receipts } = readReceipts(allText());
    const ends = timelinesOf(receipts).flatMap(({ final }) => final.map(({ outcome }) => outcome));

    expect(allText()).not.toMatch(/jane|order-1|order-2/);
    expect(ends.toSorted()).toEqual(['delivered', 'delivered', 'erased']);
  });
});

describe('personMatcher', () => {
  it.each([
    ['its id', { userId: 'jane-1' }],
    ['an address at any place', { properties: { form: { answers: [{ text: 'JANE@example.com' }] } } }],
    ['an address that came as its digest', { traits: { em: hash('sha256', 'jane@example.com') } }],
  ])('knows an event by %s', (_, event) => {
    expect(jane.inEvent(event)).toBe(true);
  });

  it.each([{ userId: 'jane-11' }, { userId: 'jane' }, { traits: { email: 'mary-jane@example.com' } }])(
    'leaves the event of another person: %j',
    (event) => {
      expect(jane.inEvent(event)).toBe(false);
    },
  );
});
