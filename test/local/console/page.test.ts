import { execFileSync } from 'node:child_process';
import { eventCurl, graphCurl } from '../../../local/console/page/state/as-curl.ts';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildPage } from '../../../local/console/server/page-files.ts';
import { contentSecurityPolicy, pageHtml } from '../../../local/console/server/page-html.ts';
import { rangeOf } from '../../../local/console/page/parts/json-range.ts';
import { matchesFilter } from '../../../local/console/page/state/matches-filter.ts';
import type { EventLine } from '../../../local/console/server/wire.ts';

const folder = resolve(import.meta.dirname, '../../../local/console/page');

describe('the page of the console', () => {
  it.each(globSync('**/*.{ts,tsx}', { cwd: folder }).toSorted())('%s never makes markup or code of data', (file) => {
    expect(readFileSync(resolve(folder, file), 'utf8')).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|setHTML|\beval\(|new Function/i,
    );
  });

  it('is bundled, with the mapper apart from what every view needs', async () => {
    const files = await buildPage();
    expect([...files.keys()]).toEqual(expect.arrayContaining(['app.js', 'app.css']));
    expect(files.get('app.js')?.contents.byteLength).toBeLessThan(150_000);
    expect(files.size).toBeGreaterThan(3);
  });

  it('allows its own files only', () => {
    const policy = contentSecurityPolicy('abc').split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self' 'nonce-abc'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(pageHtml('abc')).not.toMatch(/https?:|<script>|<style|\son\w+=/);
  });
});

describe('rangeOf', () => {
  const text = '{\n  "value": { "@path": "$.a" },\n  "list": [1, { "b\\"c": true }],\n  "last": null\n}';

  it.each([
    { path: ['value'], at: '{ "@path": "$.a" }' },
    { path: ['value', '@path'], at: '"$.a"' },
    { path: ['list', '1', 'b"c'], at: 'true' },
    { path: ['list', '0'], at: '1' },
    { path: ['last'], at: 'null' },
    { path: [], at: text },
  ])('finds $path', ({ path, at }) => {
    const { from, to } = rangeOf(text, path);
    expect(text.slice(from, to)).toBe(at);
  });

  it.each([
    {
      title: 'the nearest for a member that is not there',
      path: ['value', '@if', 'exists'],
      at: '"value": { "@path": "$.a" }',
    },
    { title: 'the beginning when nothing fits', path: ['none'], at: '{' },
  ])('gives $title', ({ path, at }) => {
    const { from, to } = rangeOf(text, path);
    expect(text.slice(from, to)).toBe(at);
  });

  it('ends for text that is no JSON', () => {
    expect(rangeOf('{"a": [', ['a', '0'])).toMatchObject({ from: expect.any(Number), to: expect.any(Number) });
  });
});

describe('matchesFilter', () => {
  const line: EventLine = {
    seq: 1,
    id: 'm-1',
    messageId: 'order-1',
    source: 'shop',
    type: 'track',
    name: 'Order Completed',
    stage: 'rejected',
    receivedAt: 0,
    retries: 0,
    outcomes: [{ destination: 'main', mapping: 'Purchase', outcome: 'dead', reason: 'field_missing', at: 0 }],
  };
  const all = { text: '', stages: [], source: '', name: '' } as const;

  it.each([
    { filter: all, matches: true },
    { filter: { ...all, text: 'ORDER-1' }, matches: true },
    { filter: { ...all, text: 'purch' }, matches: true },
    { filter: { ...all, text: 'field_missing' }, matches: true },
    { filter: { ...all, text: 'order-2' }, matches: false },
    { filter: { ...all, stages: ['dead'] }, matches: true },
    { filter: { ...all, stages: ['delivered'] }, matches: false },
    { filter: { ...all, source: 'other' }, matches: false },
    { filter: { ...all, name: 'Order Completed', source: 'shop' }, matches: true },
  ] as const)('says $matches for $filter', ({ filter, matches }) => {
    expect(matchesFilter(line, filter)).toBe(matches);
  });
});

describe('commands to copy', () => {
  const hostile = { messageId: "it's; rm -rf $HOME `id`", note: '$(id)' };

  it.each([
    { title: 'an event', command: eventCurl(hostile, { endpoint: 'http://127.0.0.1:3000', writeKey: 'key' }) },
    {
      title: 'a request',
      command: graphCurl(JSON.stringify(hostile), { datasetId: '1', graphVersion: 'v26.0' }, 'https://graph.example/'),
    },
  ])('are of words that a shell does not read: $title', ({ command }) => {
    const shown = execFileSync('sh', ['-c', command.replace(/^curl/, 'printf "%s\\n"')], {
      encoding: 'utf8',
      env: { META_TOKEN: 'secret' },
    });

    expect(shown).toContain(JSON.stringify(hostile));
  });
});
