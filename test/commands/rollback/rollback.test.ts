import { describe, expect, it } from 'vitest';
import { linesOf, rollback } from '../../../commands/rollback/rollback.ts';
import type { DeployedFunction, Turn } from '../../../commands/rollback/versions.ts';

const at = (text: string) => new Date(`2026-11-${text}:00Z`);
const fn = (
  role: 'ingest' | 'deliver',
  versions: Readonly<Record<number, string>>,
  more: Partial<DeployedFunction> = {},
): DeployedFunction => {
  const numbers = Object.keys(versions).map(Number);
  return {
    role,
    name: `${role}-A1B2`,
    live: Math.max(...numbers),
    shifting: false,
    versions: numbers.map((number) => ({ number, publishedAt: at(versions[number] ?? '') })),
    ...more,
  };
};

/** Both were changed on the 20th; only deliver on the 28th. */
const ingest = fn('ingest', { 3: '02T10:00', 4: '20T10:01' });
const deliver = fn('deliver', { 5: '02T10:00', 6: '20T10:00', 9: '28T10:00' });

async function run(functions: readonly DeployedFunction[], options: Partial<Parameters<typeof rollback>[0]> = {}) {
  const turned: Turn[] = [];
  const forgotten: string[] = [];
  const result = await rollback(
    { environment: 'production', ...options },
    {
      find: async () => functions,
      turn: async (turn) => void turned.push(turn),
      forget: async (name, version) => void forgotten.push(`${name}:${version}`),
    },
  );
  return { result, turned, forgotten, text: linesOf(result, 'production').join('\n') };
}

describe('rollback', () => {
  it.each([
    {
      title: 'what the last deployment changed, to the version before that is kept',
      functions: [ingest, deliver],
      turns: [['deliver', 9, 6]],
    },
    {
      title: 'both functions where both were changed',
      functions: [ingest, fn('deliver', { 5: '02T10:00', 6: '20T10:04' })],
      turns: [
        ['ingest', 4, 3],
        ['deliver', 6, 5],
      ],
    },
    {
      title: 'once more, from a version that it was turned to',
      functions: [ingest, { ...deliver, live: 6 }],
      turns: [
        ['ingest', 4, 3],
        ['deliver', 6, 5],
      ],
    },
    {
      title: 'one function that is named',
      functions: [ingest, deliver],
      options: { role: 'ingest' },
      turns: [['ingest', 4, 3]],
    },
    {
      title: 'to a version that is named, which may be a newer one',
      functions: [ingest, { ...deliver, live: 5 }],
      options: { role: 'deliver', to: 9 },
      turns: [['deliver', 5, 9]],
    },
  ] as const)('turns back $title', async ({ functions, turns, ...rest }) => {
    const { turned } = await run(functions, 'options' in rest ? rest.options : {});

    expect(turned.map(({ role, from, to }) => [role, from, to])).toEqual(turns);
  });

  it('says what the next deployment has to be, and how to go forward again', async () => {
    const { text } = await run([ingest, deliver]);

    expect(text).toContain('deliver: version 9 → 6');
    expect(text).toContain('npm run deploy -- --env production --all-at-once');
    expect(text).toContain('npm run rollback -- --env production --function deliver --to 9');
  });

  it.each([
    {
      title: 'a canary that is under way',
      functions: [{ ...deliver, shifting: true }],
      says: /aws deploy stop-deployment/,
    },
    { title: 'no earlier version', functions: [fn('deliver', { 1: '20T10:00' })], says: /--all-at-once/ },
    { title: 'no deployment here', functions: [], says: /no function of production in this account/ },
    {
      title: 'a version that is gone',
      functions: [deliver],
      options: { role: 'deliver', to: 7 },
      says: /no version 7/,
    },
    { title: 'a version of nothing', functions: [ingest, deliver], options: { to: 3 }, says: /--function ingest/ },
  ] as const)('changes nothing at $title, and says what to do', async ({ functions, says, ...rest }) => {
    const { turned, text } = await run(functions, 'options' in rest ? rest.options : {});

    expect(turned).toEqual([]);
    expect(text).toMatch(says);
  });

  it('lists the versions that are kept', async () => {
    const { turned, text } = await run([ingest], { list: true });

    expect(turned).toEqual([]);
    expect(text).toBe('ingest\n     3  2026-11-02T10:00:00.000Z\n     4  2026-11-20T10:01:00.000Z  live');
  });

  it('removes versions beyond the newest few, but never the live one', async () => {
    const turnedBack = { ...deliver, live: 5 };

    expect((await run([ingest, turnedBack], { keep: 1 })).forgotten).toEqual(['ingest-A1B2:3', 'deliver-A1B2:6']);
    expect((await run([ingest, deliver], { keep: 5 })).forgotten).toEqual([]);
  });
});
