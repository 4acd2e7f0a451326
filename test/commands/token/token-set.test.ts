import { Readable } from 'node:stream';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from 'vitest';
import { tokenSet } from '../../../commands/token/token-set.ts';
import type { CommandEffects } from '../../../commands/kit/effects.ts';
import { configFile, type LocalRuntime, secretName, startLocalRuntime } from '../common/local-runtime.ts';

let runtime: LocalRuntime | undefined;
afterEach(async () => {
  await runtime?.close();
  runtime = undefined;
});

/** A runtime whose secret holds `local-token`; Meta takes every token that begins like it. */
async function start(options?: Parameters<typeof startLocalRuntime>[0]) {
  const started = await startLocalRuntime(options);
  runtime = started;
  return {
    ...started,
    async set(input: string, args: readonly string[] = [], more: Partial<CommandEffects> = {}) {
      const { effects, out, err } = started.effects();
      const code = await tokenSet.execute(['--env', 'local', ...args], {
        ...effects,
        input: Readable.from([Buffer.from(input)]),
        prompt: () => {},
        stopped: new AbortController().signal,
        ...more,
      });
      return { code, out: out(), err: err() };
    },
    /** Values by staging label. */
    async labels(): Promise<Record<string, string | undefined>> {
      const { VersionIdsToStages = {} } = await started.secrets.send(
        new DescribeSecretCommand({ SecretId: secretName }),
      );
      const found: Record<string, string | undefined> = {};
      for (const [VersionId, stages] of Object.entries(VersionIdsToStages)) {
        const value = await started.secrets.send(new GetSecretValueCommand({ SecretId: secretName, VersionId }));
        for (const stage of stages) found[stage] = value.SecretString;
      }
      return found;
    },
  };
}

describe('npm run token:set', () => {
  it('promotes a token that Meta takes, and keeps the one before', async () => {
    const { set, labels } = await start();

    const { code, out } = await set('local-token-2\n');

    expect(code).toBe(0);
    expect(out).toContain('The token is current.');
    expect(out).toContain('--env local --destination main --rollback');
    expect(await labels()).toEqual({ AWSCURRENT: 'local-token-2', AWSPREVIOUS: 'local-token' });
  });

  it('promotes nothing that Meta refuses, and leaves no label behind', async () => {
    const { set, labels } = await start();

    const { code, out, err } = await set('EAAB-wrong');

    expect(code).toBe(1);
    expect(out).toContain('(Graph error 190)');
    expect(err).toContain('Verification failed: nothing was promoted');
    expect(await labels()).toEqual({ AWSCURRENT: 'local-token' });
  });

  it('has the old token in place while the new one is verified', async () => {
    const { set, labels } = await start();
    let during: unknown;

    await set('local-token-2', [], {
      fetch: async (...request) => {
        during ??= await labels();
        return fetch(...request);
      },
    });

    expect(during).toEqual({ AWSCURRENT: 'local-token', AWSPENDING: 'local-token-2' });
  });

  it('fills an empty secret, verified first', async () => {
    const { set, labels, secrets } = await start({ token: null });
    await secrets.send(new CreateSecretCommand({ Name: secretName }));

    expect(await set('EAAB-wrong')).toMatchObject({ code: 1 });
    expect(await labels()).toEqual({});
    expect(await set('local-token-1')).toMatchObject({ code: 0 });
    expect(await labels()).toEqual({ AWSCURRENT: 'local-token-1' });
  });

  it('says when there is no such secret, before it asks for a token', async () => {
    const { set } = await start({ token: null });
    let prompted = false;

    const { code, err } = await set('', [], { prompt: () => (prompted = true) });

    expect({ code, prompted }).toEqual({ code: 1, prompted: false });
    expect(err).toContain('→ Start `npm start` with the configuration that names it');
    expect(err).not.toContain('deploy');
  });

  it('does not push the previous token out when it is given the current one again', async () => {
    const { set, labels } = await start();
    await set('local-token-2');

    const { code, out } = await set('local-token-2');

    expect(code).toBe(0);
    expect(out).toContain('nothing was changed');
    expect(await labels()).toEqual({ AWSCURRENT: 'local-token-2', AWSPREVIOUS: 'local-token' });
  });

  it('goes back, and forth again', async () => {
    const { set, labels } = await start();
    await set('local-token-2');

    expect(await set('', ['--rollback'])).toMatchObject({ code: 0 });
    expect(await labels()).toEqual({ AWSCURRENT: 'local-token', AWSPREVIOUS: 'local-token-2' });
    expect(await set('', ['--rollback'])).toMatchObject({ code: 0 });
    expect(await labels()).toEqual({ AWSCURRENT: 'local-token-2', AWSPREVIOUS: 'local-token' });
  });

  it('does not go back to a token that Meta refuses now', async () => {
    const { set, labels } = await start({ token: 'EAAB-revoked' });
    await set('local-token-2');

    expect(await set('', ['--rollback'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Verification failed'),
    });
    expect(await labels()).toEqual({ AWSCURRENT: 'local-token-2', AWSPREVIOUS: 'EAAB-revoked' });
  });

  it('says when there is nothing to go back to', async () => {
    const { set } = await start();

    expect(await set('', ['--rollback'])).toMatchObject({ code: 1, err: expect.stringContaining('no previous token') });
  });

  it('promotes untried only when it is told to', async () => {
    const { set, labels } = await start();

    const { code, out } = await set('EAAB-untried', ['--skip-verification']);

    expect(code).toBe(0);
    expect(out).toContain('Not verified, as asked for.');
    expect(await labels()).toMatchObject({ AWSCURRENT: 'EAAB-untried' });
  });

  it('verifies with the proof of an app secret', async () => {
    const { set } = await start({ graph: { appSecret: 'app-secret' } });
    const secretOf = (appSecret: string) => JSON.stringify({ accessToken: 'local-token-2', appSecret });

    expect(await set('local-token-2')).toMatchObject({ code: 1 });
    expect(await set(secretOf('other'))).toMatchObject({ code: 1 });
    expect(await set(secretOf('app-secret'))).toMatchObject({ code: 0 });
  });

  it('sends a test event under the code that it is given', async () => {
    const { set, graph } = await start();

    await set('local-token-2', ['--test-event-code', 'TEST7']);

    expect(graph.received()).toMatchObject([{ testEventCode: 'TEST7', status: 200 }]);
  });

  it('verifies a shared secret for every dataset that it is for', async () => {
    const { set, labels, port } = await start({ graph: { token: { datasetIds: ['1234567890123456'] } } });
    const twin = {
      accessTokenSecret: secretName,
      mappings: [{ name: 'All', action: 'custom', trigger: 'type = "track"', fields: { action_source: 'website' } }],
    };
    const CONFIG = configFile({
      sources: { shop: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main', 'other'] } },
      destinations: {
        main: { ...twin, datasetId: '1234567890123456' },
        other: { ...twin, datasetId: '7777777777777777' },
      },
    });

    const { code, out } = await set('local-token-2', ['--destination', 'main'], { env: { PORT: port, CONFIG } });

    expect(code).toBe(1);
    expect(out).toContain('read by main (dataset 1234567890123456), other (dataset 7777777777777777)');
    expect(out).toMatch(/^failed +dataset +7777777777777777/m);
    expect(await labels()).toEqual({ AWSCURRENT: 'local-token' });
  });

  it('undoes nobody who was faster', async () => {
    const { set, labels, secrets } = await start();
    let first = true;

    const { code, err } = await set('local-token-2', [], {
      fetch: async (...request) => {
        if (first)
          await secrets.send(new PutSecretValueCommand({ SecretId: secretName, SecretString: 'local-token-3' }));
        first = false;
        return fetch(...request);
      },
    });

    expect(code).toBe(1);
    expect(err).toContain('Another token became current meanwhile');
    expect(await labels()).toEqual({ AWSCURRENT: 'local-token-3', AWSPREVIOUS: 'local-token' });
  });

  it('promotes nothing after Ctrl-C', async () => {
    const { set, labels } = await start();
    const stop = new AbortController();

    const { code, err } = await set('local-token-2', [], {
      stopped: stop.signal,
      fetch: async (...request) => {
        stop.abort();
        return fetch(...request);
      },
    });

    expect({ code, err }).toEqual({ code: 1, err: 'Interrupted: nothing was promoted.\n→ Run the command again.' });
    expect(await labels()).toEqual({ AWSCURRENT: 'local-token' });
  });

  it('leaves the old token in place when AWS refuses the promotion', async () => {
    const refused = { status: 400, code: 'AccessDeniedException', message: 'You may not.' };
    const { set, labels } = await start({
      aws: { intercept: (target) => (target.endsWith('UpdateSecretVersionStage') ? refused : undefined) },
    });

    const { code, err } = await set('local-token-2');

    expect(code).toBe(1);
    expect(err).toContain('AccessDeniedException: You may not.\n→ Use a role');
    expect(await labels()).toMatchObject({ AWSCURRENT: 'local-token' });
  });

  it.each([
    { input: 'EAAB1', args: [] },
    { input: 'EAAB1', args: ['--skip-verification'] },
    { input: '{"accessToken":"EAAB1","appSecret":"EAAB2"}', args: ['--test-event-code', 'T'] },
    { input: '{"EAAB1":1}', args: [] },
    { input: 'EAAB1 EAAB1', args: [] },
  ])('never shows the token it is given by $input $args', async ({ input, args }) => {
    const { set } = await start();

    const { out, err } = await set(input, args);

    expect(out + err).not.toContain('EAAB');
  });

  it.each([
    { args: [], err: '--env is missing: local, development, staging, production' },
    { args: ['--env', 'moon'], err: '--env "moon" is not one of local' },
    { args: ['--env', 'local', '--destination', 'moon'], err: 'there is no destination "moon"' },
    { args: ['--env', 'local', '--skip-verification', '--test-event-code', 'T'], err: 'not both' },
    { args: ['--env', 'local', 'EAAB-token'], err: 'an argument without an option' },
  ])('refuses $args', async ({ args, err }) => {
    const started = await start();
    const wrote = started.effects();

    expect(await tokenSet.execute(args, wrote.effects)).toBe(2);
    expect(wrote.err()).toContain(err);
    expect(wrote.err()).not.toContain('EAAB');
  });
});
