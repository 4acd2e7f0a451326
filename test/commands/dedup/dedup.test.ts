import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dedup } from '../../../commands/dedup/dedup.ts';
import { sightingsIn } from '../../../commands/dedup/read-sightings.ts';
import { defineConfig } from '../../../shared/config/define-config.ts';
import { ecommerceMappings } from '../../../shared/meta/presets/ecommerce-mappings.ts';
import { execute } from '../execute.ts';

const directory = mkdtempSync(join(tmpdir(), 'dedup-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function file(...lines: readonly object[]): string {
  const path = join(directory, `${lines.length}.ndjson`);
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'));
  return path;
}

const purchase = { name: 'Purchase', id: 'o-1', at: '2026-03-10T12:00:00Z' };

describe('npm run dedup', () => {
  it('is content where both sides agree', async () => {
    const path = file({ side: 'browser', ...purchase }, { side: 'server', ...purchase, at: 1773144005000 });

    const { code, out } = await execute(dedup, ['--from', path]);

    expect({ code, out }).toEqual({
      code: 0,
      out: [
        'event     both  browser only  server only',
        'Purchase  1     0             0',
        '',
        'Nothing keeps Meta from counting browser and server once.',
      ].join('\n'),
    });
  });

  it('names each fault with its cause and a way out, and ends with 1', async () => {
    const path = file(
      { side: 'browser', ...purchase, id: 'O-1' },
      { side: 'server', ...purchase },
      { side: 'server', ...purchase, id: 'o-2' },
    );

    const { code, out } = await execute(dedup, ['--from', path]);

    expect(code).toBe(1);
    expect(out).toContain('id_case: Purchase, 1 times (50 %), such as O-1 / o-1');
    expect(out).toContain('→ Send the id as it is on both sides');
  });

  it.each([
    [['--from', join(directory, 'none')], 'There is no file'],
    [['--from', file({ side: 'both' })], 'Line 1 is no sighting.'],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, err } = await execute(dedup, args);

    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});

describe('sightingsIn', () => {
  const config = defineConfig({
    sources: { web: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'] } },
    destinations: {
      main: {
        datasetId: '1234567890123456',
        accessTokenSecret: 'a',
        mappings: ecommerceMappings({ actionSource: 'website' }),
        pixel: { mirror: true },
      },
    },
  });
  const at = Date.UTC(2026, 2, 10, 12);
  const event = (pixel: unknown, more: object = {}) =>
    JSON.stringify({
      ...{ type: 'track', event: 'Order Completed', messageId: 'm-1', anonymousId: 'v-1' },
      ...{ timestamp: new Date(at).toISOString(), receivedAt: new Date(at).toISOString() },
      properties: { revenue: 1, currency: 'EUR' },
      context: { userAgent: 'Browser/1.0', pixel },
      ...more,
    });

  it('reads what pages saw, and builds what the server sent', async () => {
    const accepted = [
      { id: 'm-1', t: at, ev: event([['Purchase', 'm-1', at - 100], ['PageView', null, at - 200], 7]) },
    ];
    const delivered = [{ id: 'm-1', d: 'main', m: 'Purchase', t: at + 900 }];

    expect(await sightingsIn(accepted, delivered, config)).toEqual({
      browser: [
        { name: 'Purchase', id: 'm-1', at: at - 100, visitor: 'v-1' },
        { name: 'PageView', id: undefined, at: at - 200, visitor: 'v-1' },
      ],
      server: [{ name: 'Purchase', id: 'm-1', at: at + 900, testCode: undefined, visitor: 'v-1' }],
    });
  });

  it('puts the clock of a browser right that is hours off', async () => {
    const hours = 3 * 3_600_000;
    const ev = event([['Purchase', 'm-1', at + hours - 100]], { sentAt: new Date(at + hours).toISOString() });

    const { browser } = await sightingsIn([{ id: 'm-1', t: at, ev }], [], config);

    expect(browser[0]?.at).toBe(at - 100);
  });

  it('takes an id that the page gave as a number for its digits, as the Pixel does', async () => {
    const { browser } = await sightingsIn(
      [{ id: 'm-1', t: at, ev: event([['Purchase', 4711, at - 100]]) }],
      [],
      config,
    );

    expect(browser[0]?.id).toBe('4711');
  });

  it('passes over what is no event', async () => {
    expect(
      await sightingsIn([{ id: 'm-1', t: at, ev: '{' }], [{ id: 'x', d: 'main', m: 'Purchase', t: at }], config),
    ).toEqual({
      browser: [],
      server: [],
    });
  });
});
