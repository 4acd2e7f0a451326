import { afterEach, describe, expect, it } from 'vitest';
import { datasets } from '../../../commands/datasets/datasets.ts';
import { type LocalRuntime, startLocalRuntime } from '../common/local-runtime.ts';

let runtime: LocalRuntime | undefined;
afterEach(async () => {
  await runtime?.close();
  runtime = undefined;
});

async function list(args: readonly string[] = [], options?: Parameters<typeof startLocalRuntime>[0]) {
  runtime = await startLocalRuntime(options);
  const { effects, out, err } = runtime.effects();
  return { code: await datasets.execute(args, effects), out: out(), err: err() };
}

describe('npm run datasets', () => {
  it('marks the configured one', async () => {
    expect(await list()).toEqual({
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
    const { out } = await list(['--json']);

    const business = { id: '100000000000001', name: 'Example Business' };
    expect(JSON.parse(out)).toEqual({
      datasets: [
        { id: '6543210987654321', name: 'Example outlet', business, configured: false },
        { id: '1234567890123456', name: 'Example shop', business, configured: true },
      ],
    });
  });

  it('says when the configured one is not among them, and what to do', async () => {
    const { code, err } = await list([], { graph: { token: { datasetIds: ['6543210987654321'] } } });

    expect(code).toBe(1);
    expect(err).toContain('main sends to 1234567890123456, which is not among them');
    expect(err).toContain('→ Set datasetId');
  });

  it('says what is wrong with the token, and never shows it', async () => {
    const { code, out, err } = await list([], { token: 'EAAB-wrong' });

    expect(code).toBe(1);
    expect(err).toContain('(Graph error 190)\n→ Generate a new token');
    expect(out + err).not.toContain('EAAB');
  });

  it('says that there is no token yet', async () => {
    const { code, err } = await list([], { token: null });

    expect(code).toBe(1);
    expect(err).toMatch(/conversions\/local\/main does not exist or has no value\.\n→ Start `npm start` with/);
  });

  it('marks the one that the runtime was started with', async () => {
    const { out } = await list([], { configuration: { file: null, datasetId: '6543210987654321' } });

    expect(out).toContain('*  6543210987654321');
  });

  it('cannot be made to write control characters by a name', async () => {
    const { out } = await list([], {
      graph: {
        world: { datasets: [{ id: '1234567890123456', name: '\u001b[31mred', businessId: '100000000000001' }] },
      },
    });

    expect(out).toContain('\\u001b[31mred');
  });

  it.each([
    { args: ['--env', 'moon'], err: '--env "moon" is not one of local' },
    { args: ['--destination', 'moon'], err: 'there is no destination "moon"; there is main' },
    { args: ['--port', '0'], err: '--port "0" is not a whole number from 1 to 65,535' },
    { args: ['--frob'], err: 'there is no option --frob' },
    { args: ['EAAB-token'], err: 'an argument without an option' },
  ])('refuses $args', async ({ args, err }) => {
    const result = await list(args);

    expect(result).toMatchObject({ code: 2, err: expect.stringContaining(err) });
    expect(result.err).not.toContain('EAAB');
  });

  it('says how to start a runtime when none answers', async () => {
    expect(await list(['--port', '1'])).toMatchObject({ code: 1, err: expect.stringContaining('npm start') });
  });
});
