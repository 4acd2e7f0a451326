import { describe, expect, it } from 'vitest';
import { Health } from '../../../../local/console/server/health.ts';
import type { BatchLine } from '../../../../local/runtime/batch-line.ts';
import { defineConfig } from '../../../../shared/config/define-config.ts';

const now = Date.parse('2026-12-01T12:00:00Z');
const minutes = (count: number): number => count * 60_000;

const mappings = [{ name: 'Purchase', action: 'purchase', fields: { action_source: 'website' } }];

const configOf = (graphVersion = 'v26.0') =>
  defineConfig({
    sources: { shop: { writeKeyHashes: ['0'.repeat(64)], destinations: ['main'] } },
    destinations: {
      main: { datasetId: '1234567890123456', accessTokenSecret: 'conversions/test/main', graphVersion, mappings },
    },
  });

const report = (more: Partial<BatchLine>): BatchLine => ({
  ...{ at: new Date(now), events: 0, delivered: 0, skipped: 0, dead: 0, waiting: 0, undecodable: 0, requests: 0 },
  ...{ durationMs: 1, reasons: {} },
  ...more,
});

const heldReport = report({
  held: ['main'],
  holds: [{ destination: 'main', sinceSeconds: 60 }],
  tokensRefused: ['main'],
});

const surroundings = (waiting: Record<string, number> = {}, config = configOf()) => ({
  ...{ config, target: '--env local', missing: 0 },
  waiting: new Map([['main', new Map(Object.entries(waiting))]]),
});

describe('the health of the pipeline', () => {
  it('is silent when nothing is wrong', () => {
    const health = new Health();
    health.report(report({ events: 10, delivered: 10 }));

    expect(health.notices(surroundings(), now)).toEqual([]);
  });

  it('names cause, consequence and command of a refused token', () => {
    const health = new Health();
    health.report(heldReport);

    expect(health.notices(surroundings({ graph_190: 46 }), now)).toEqual([
      {
        ...{ kind: 'token_refused', tone: 'dead', destination: 'main', events: 46, code: 'graph_190' },
        title: 'Meta refuses the token of main: nothing is delivered to it.',
        detail: '46 events wait (graph_190). None is lost: they go out by themselves once it is mended.',
        fix: expect.stringContaining('Generate a new token'),
        command: 'npm run token:set -- --env local --destination main',
        since: now - 60_000,
      },
    ]);
  });

  it.each([
    { code: 'graph_100_33', command: 'npm run datasets -- --env local --destination main' },
    { code: 'graph_10', command: 'npm run token:set -- --env local --destination main' },
    { code: 'graph_2635', command: 'npm run doctor -- --env local' },
    { code: 'graph_100_99999', command: 'npm run doctor -- --env local' },
  ])('gives the command for $code', ({ code, command }) => {
    const health = new Health();
    health.report(report({ held: ['main'], holds: [{ destination: 'main', sinceSeconds: 0 }] }));

    expect(health.notices(surroundings({ [code]: 1 }), now)).toMatchObject([{ kind: 'held', command, code }]);
  });

  it.each([
    { title: 'a report that it is mended', after: report({ mended: [{ destination: 'main' }] }), waiting: 5 },
    { title: 'nothing that waits', after: report({}), waiting: 0 },
  ])('ends a hold by $title', ({ after, waiting }) => {
    const health = new Health();
    health.report(heldReport);
    health.report(after);
    const left: Record<string, number> = waiting === 0 ? {} : { graph_190: waiting };

    expect(health.notices(surroundings(left), now)).toEqual([]);
  });

  it('keeps the beginning of a hold over many reports', () => {
    const health = new Health();
    health.report(heldReport);
    health.report({ ...heldReport, at: new Date(now + minutes(5)), holds: [{ destination: 'main', sinceSeconds: 1 }] });

    expect(health.notices(surroundings({ graph_190: 1 }), now + minutes(5))).toMatchObject([{ since: now - 60_000 }]);
  });

  it('counts requests that were refused at the door, for ten minutes', () => {
    const health = new Health();
    const line = { status: 401, reason: 'The write key is not known here.', fix: 'Set the write key.', requests: 4 };
    health.refused({ ...line, code: 'write_key_unknown' }, now - minutes(9));
    health.refused({ ...line, code: 'origin_not_allowed', requests: 1, source: 'web' }, now);

    expect(health.notices(surroundings(), now)).toMatchObject([
      {
        title: '5 requests refused at the door in the last ten minutes: origin_not_allowed 1, write_key_unknown 4.',
        link: 'stream?q=origin_not_allowed',
        detail: expect.stringContaining('(from web)'),
      },
    ]);
    expect(health.notices(surroundings(), now + minutes(11))).toEqual([]);
  });

  it('tells throttling for a minute', () => {
    const health = new Health();
    health.report(report({ requestsThrottled: 2 }));
    health.report(report({ requestsThrottled: 1 }));

    expect(health.notices(surroundings(), now)).toMatchObject([
      { kind: 'throttled', title: expect.stringMatching(/3 requests/) },
    ]);
    expect(health.notices(surroundings(), now + minutes(2))).toEqual([]);
  });

  it.each([
    { title: 'that ends soon', version: 'v25.0', at: '2026-10-01', says: 'can end in 26 days' },
    { title: 'that has ended', version: 'v20.0', at: '2026-12-01', says: 'has ended' },
  ])('warns of a Graph version $title', ({ version, at, says }) => {
    const [notice] = new Health().notices(surroundings({}, configOf(version)), Date.parse(at));

    expect(notice).toMatchObject({ kind: 'version_warned', title: expect.stringContaining(says) });
  });

  it("tells Meta's own warning of a version", () => {
    const health = new Health();
    health.report(report({ answers: { versionWarningTexts: { 'v26.0': 'Upgrade soon.' } } }));

    expect(health.notices(surroundings(), now)).toMatchObject([{ kind: 'version_warned', detail: 'Upgrade soon.' }]);
  });

  it('tells what the record misses', () => {
    const health = new Health();
    health.report(report({ ReceiptsMissed: 3 }));
    health.report(report({ ReceiptsMissed: 4 }));

    expect(health.notices(surroundings(), now)).toMatchObject([
      { kind: 'record_missing', title: expect.stringMatching(/7 receipts/) },
    ]);
  });
});
