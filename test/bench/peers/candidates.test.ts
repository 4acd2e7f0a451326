import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBytesToBytesMapper } from '../../../bench/peers/bytes-to-bytes.ts';
import type { CandidateName } from '../../../bench/peers/candidate.ts';
import { differences, unknownDifferences } from '../../../bench/peers/compare-work.ts';
import { createHandWrittenMapper } from '../../../bench/peers/hand-written.ts';
import { loadCandidate } from '../../../bench/peers/load-candidate.ts';
import { Sha256Blocks } from '../../../bench/peers/sha256-blocks.ts';
import { corpusNames, variedEvents } from '../../../bench/varied-orders.ts';

const at = new Date('2026-03-01T12:00:00Z');

const samplesOf = async (name: CandidateName, texts: readonly string[]) => {
  const candidate = await loadCandidate(name, '');
  return Promise.all(texts.map((text) => candidate.sample(text)));
};

describe.each(corpusNames)('candidates that are written here, on %s', (corpus) => {
  const texts = variedEvents(corpus, 200, at);

  it.each(['this project', 'from bytes to bytes'] as const)('make the same but for what is known: %s', async (name) => {
    const found = differences(await samplesOf(name, texts), await samplesOf('by hand over JSON.parse', texts));

    expect(unknownDifferences(name, found)).toEqual([]);
  });

  it('make the same of many events at once', () => {
    const data = (body: Buffer) => (JSON.parse(body.toString()) as { data: object[] }).data;
    const bytesToBytes = createBytesToBytesMapper();

    bytesToBytes.body(texts);
    expect(data(bytesToBytes.body(texts))).toEqual(data(createHandWrittenMapper().body(texts)));
  });
});

it.each<[string, (text: string) => string]>([
  ['spaces between members', (text) => JSON.stringify(JSON.parse(text), undefined, 2)],
  ['escapes in values', (text) => text.replaceAll('@', '\\u0040')],
])('reads %s in one pass over the bytes', (_, write) => {
  const userData = (body: Buffer) =>
    (JSON.parse(body.toString()) as { data: { user_data: object }[] }).data.map(({ user_data: user }) => user);
  const texts = variedEvents('orders', 5, at);
  const written = texts.map(write);

  expect(written).not.toEqual(texts);
  expect(userData(createBytesToBytesMapper().body(written))).toEqual(userData(createHandWrittenMapper().body(texts)));
});

it('hashes as Node does, whatever the length, run after run', () => {
  const blocks = new Sha256Blocks(64, 0);
  const { memory } = blocks;
  const texts = Array.from({ length: 56 }, (_, length) => 'aB3@.'.repeat(12).slice(0, length));

  for (let run = 0; run < 2; run++) {
    for (const text of texts) {
      const { base } = blocks;
      [...Buffer.from(text)].forEach((byte, index) => {
        memory[base + (index >> 2) * 16 - (index & 3)] = byte;
      });
      blocks.finish(text.length);
    }
    blocks.run();
    const digests = texts.map((_, index) =>
      memory.toString('latin1', blocks.digits + 64 * index, blocks.digits + 64 * (index + 1)),
    );
    expect(digests).toEqual(texts.map((text) => hash('sha256', text)));
  }
});

it('names the peers in exact versions', () => {
  const file = resolve(import.meta.dirname, '../../../bench/peers/package.json');
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> };

  expect(Object.keys(dependencies)).toEqual(['@segment/action-destinations', 'facebook-nodejs-business-sdk']);
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
