import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../../commands/datasets/run.ts';
import { type LocalRuntime, startLocalRuntime } from '../common/local-runtime.ts';

let runtime: LocalRuntime | undefined;
afterEach(async () => {
  await runtime?.close();
  runtime = undefined;
});

async function datasets(args: readonly string[] = [], options?: Parameters<typeof startLocalRuntime>[0]) {
  runtime = await startLocalRuntime(options);
  const { effects, out, err } = runtime.effects();
  return { code: await run(args, effects), out: out(), err: err() };
}

describe('npm run datasets', () => {
  it('marks the configured one', async () => {
    expect(await datasets()).toEqual({
      code: 0,
      out: [
        '   id                name            business          last received',
        '   6543210987654321  Example outlet  Example Business  never',
        '*  1234567890123456  Example shop    Example Business  never',
      ].join('\n'),
      err: '',
    });
  });

  it('writes JSON', async () => {
    const { out } = await datasets(['--json']);

    const business = { id: '100000000000001', name: 'Example Business' };
    expect(JSON.parse(out)).toEqual({
      datasets: [
        { id: '6543210987654321', name: 'Example outlet', business, configured: false },
        { id: '1234567890123456', name: 'Example shop', business, configured: true },
      ],
    });
  });

  it('says when the configured one is not among them, and what to do', async () => {
    const { code, err } = await datasets([], { graph: { token: { datasetIds: ['6543210987654321'] } } });

    expect(code).toBe(1);
    expect(err).toContain('main sends to 1234567890123456, which is not among them');
    expect(err).toContain('→ Set datasetId');
  });

  it('says what is wrong with the token, and never shows it', async () => {
    const { code, out, err } = await datasets([], { token: 'EAAB-wrong' });

    expect(code).toBe(1);
    expect(err).toContain('(Graph error 190)\n→ Generate a new token');
    expect(out + err).not.toContain('EAAB');
  });

  it('says that there is no token yet', async () => {
    const { code, err } = await datasets([], { token: null });

    expect(code).toBe(1);
    expect(err).toMatch(/conversions\/local\/main does not exist or has no value\.\n→ Start `npm start` with/);
  });

  it('marks the one that the runtime was started with', async () => {
    const { out } = await datasets([], { configuration: { file: null, datasetId: '6543210987654321' } });

    expect(out).toContain('*  6543210987654321');
  });

  it('cannot be made to write control characters by a name', async () => {
    const { out } = await datasets([], {
      graph: {
        world: { datasets: [{ id: '1234567890123456', name: '\u001b[31mred', businessId: '100000000000001' }] },
      },
    });

    expect(out).toContain('\\u001b[31mred');
  });

  it.each([
    { args: ['--env', 'moon'], err: 'there is no environment "moon"' },
    { args: ['--destination', 'moon'], err: 'there is no destination "moon"; there are main' },
    { args: ['--port', '0'], err: '--port "0" is no port' },
    { args: ['--frob'], err: "Unknown option '--frob'" },
    { args: ['EAAB-token'], err: 'an argument without an option' },
  ])('refuses $args', async ({ args, err }) => {
    const result = await datasets(args);

    expect(result).toMatchObject({ code: 2, err: expect.stringContaining(err) });
    expect(result.err).not.toContain('EAAB');
  });

  it('says how to start a runtime when none answers', async () => {
    expect(await datasets(['--port', '1'])).toMatchObject({ code: 1, err: expect.stringContaining('npm start') });
  });
});
