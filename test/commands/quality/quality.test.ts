import { afterEach, describe, expect, it } from 'vitest';
import { bestKey } from '../../../commands/quality/best-key.ts';
import { coverageOf } from '../../../commands/quality/examine-quality.ts';
import { qualityLines, quality } from '../../../commands/quality/quality.ts';
import { type LocalRuntime, startLocalRuntime } from '../common/local-runtime.ts';

let runtime: LocalRuntime | undefined;
afterEach(async () => {
  await runtime?.close();
  runtime = undefined;
});

async function run(args: readonly string[] = [], options?: Parameters<typeof startLocalRuntime>[0]) {
  runtime = await startLocalRuntime(options);
  const { effects, out, err } = runtime.effects();
  const env = { ...effects.env, LOCAL_STATE_DIRECTORY: '/nowhere/at/all' };
  return { code: await quality.execute(args, { ...effects, env }), out: out(), err: err() };
}

describe('npm run quality', () => {
  it("prints Meta's figures and the mapping line of the key with most to gain", async () => {
    const { code, out } = await run();

    expect(code).toBe(0);
    expect(out).toContain('Purchase');
    expect(out).toMatch(/match quality +6\.2 of 10/);
    expect(out).toMatch(/coverage +82 %, goal 75 %/);
    expect(out).toMatch(/deduplication +event_id: browser 99 %, server 100 %, both 80 %/);
    expect(out).toMatch(/most to gain +phone, now in 8 % of the events: Meta would report 18\.9 % more/);
    expect(out).toContain("user_data: { phone: { '@path': '$.");
  });

  it('says in a sentence that there is no record, and goes on', async () => {
    expect((await run()).out).toContain('There is no record in');
  });

  it('reads the events of shops', async () => {
    const result = JSON.parse((await run(['--offline', '--json'])).out) as { readonly meta: readonly object[] };

    expect(result).toMatchObject({ kind: 'offline', meta: [{ event_name: 'Purchase' }] });
  });

  it.each([
    { title: 'a token that is refused', options: { token: 'EAAB-wrong' }, says: 'Generate a new token' },
    {
      title: 'a token that may not read the dataset',
      options: { graph: { token: { datasetIds: ['6543210987654321'] } } },
      says: 'assign the dataset to the system user',
    },
    { title: 'no token yet', options: { token: null }, says: 'does not exist or has no value' },
  ])('says $title in a sentence, and does not fail', async ({ options, says }) => {
    const { code, out } = await run([], options);

    expect(code).toBe(0);
    expect(out).toContain(says);
    expect(out).not.toContain('EAAB');
  });
});

describe('qualityLines', () => {
  it('tell where a name fell', () => {
    const changes = [{ event: 'Purchase', count: 41, usual: 205, changePercent: -80 }];
    const lines = qualityLines({ destination: 'main', datasetId: '1', kind: 'web', own: [], meta: [], changes });

    expect(lines).toContain('  Purchase fell by 80 % (41, usually 205)');
  });
});

describe('coverageOf', () => {
  it('weighs days by what was delivered on them', () => {
    const rows = [
      { event: 'Purchase', delivered: 30, matchKeys: { em: 1, ph: 0.5 } },
      { event: 'Purchase', delivered: 10, matchKeys: { em: 0.2 } },
      { event: 'Lead', delivered: 0, matchKeys: {} },
    ];

    expect(coverageOf(rows)).toEqual([{ event: 'Purchase', delivered: 40, matchKeys: { em: 0.8, ph: 0.375 } }]);
  });
});

describe('bestKey', () => {
  const event = (keys: readonly (readonly [string, number?])[]) => ({
    ...{ event_name: 'Purchase', dedupe_key_feedback: [] },
    event_match_quality: {
      match_key_feedback: keys.map(([identifier, gain]) => ({
        identifier,
        ...(gain !== undefined && { potential_aly_acr_increase: { percentage: gain } }),
      })),
      diagnostics: [],
    },
  });

  it.each([
    {
      title: 'the largest gain',
      keys: [
        ['email', 3],
        ['phone', 9],
      ],
      identifier: 'phone',
    },
    { title: 'nothing where Meta names no gain', keys: [['email'], ['phone', 0]], identifier: undefined },
    { title: 'a key that is not known, without a line', keys: [['lead_of_2030', 5]], identifier: 'lead_of_2030' },
  ] as const)('takes $title', ({ keys, identifier }) => {
    const best = bestKey(event(keys));

    expect(best?.identifier).toBe(identifier);
    if (identifier === 'lead_of_2030') expect(best?.line).toBeUndefined();
  });
});
