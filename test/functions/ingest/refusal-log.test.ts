import { describe, expect, it } from 'vitest';
import { refusalLog } from '../../../functions/ingest/refusal-log.ts';
import type { Refusal } from '../../../shared/ingest/request.ts';

const refusal: Refusal = { status: 401, code: 'write_key_unknown', reason: 'R.', fix: 'F.' };
const at = (seconds: number): Date => new Date(1_800_000_000_000 + seconds * 1_000);

describe('refusalLog', () => {
  it('gives each of the first twenty a line', () => {
    const log = refusalLog();

    const lines = Array.from({ length: 20 }, () => log(refusal, at(0)));

    expect(lines).toEqual(new Array(20).fill({ ...refusal, requests: 1 }));
  });

  it('gives a flood one line for a hundred, and loses none in number but those of the last moment', () => {
    const log = refusalLog();

    const lines = Array.from({ length: 10_000 }, () => log(refusal, at(1))).filter((line) => line !== undefined);

    expect(lines).toHaveLength(20 + 99);
    expect(lines.reduce((sum, { requests }) => sum + requests, 0)).toBe(9_920);
    expect(log(refusal, at(12))?.requests).toBe(81);
  });

  it('counts kinds apart', () => {
    const log = refusalLog();
    for (let index = 0; index < 50; index++) log(refusal, at(0));

    expect(log({ ...refusal, source: 'web' }, at(0))).toMatchObject({ source: 'web', requests: 1 });
    expect(log({ ...refusal, status: 404, code: 'path_unknown' }, at(0))).toMatchObject({ status: 404, requests: 1 });
    expect(log(refusal, at(0))).toBeUndefined();
  });
});
