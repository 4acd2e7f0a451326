import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cost as command } from '../../../commands/cost/cost.ts';
import type { Estimate } from '../../../commands/cost/render.ts';
import { execute } from '../execute.ts';

const cost = (...args: readonly string[]) => execute(command, args);

describe('cost', () => {
  it('prints each line by month and by million, and what one by one would cost', async () => {
    const { code, out, err } = await cost('--events', '100e6');

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('100,000,000 events a month, 20 a request');
    // Five million requests at a dollar a million.
    expect(out).toMatch(/^API Gateway: requests +5,000,000 × request of up to 512 KB +5\.00 +0\.050$/m);
    expect(out).toMatch(/^together +[\d.]+ +0\.\d{3}$/m);
    expect(out).toMatch(/^A message and a call to Meta for every event: [\d.]+ USD/m);
    expect(out).not.toContain('Warning');
  });

  it('keeps 100 million events in production at 40 cents a million, within ten seconds', async () => {
    const { out } = await cost('--events', '100e6', '--json');
    const { bill, deployment, workload } = JSON.parse(out) as Estimate;

    expect(bill.usdPerMillion).toBeLessThanOrEqual(0.4);
    expect(deployment.deliver.batchingWindowSeconds + workload.graphCallMs / 1_000).toBeLessThanOrEqual(10);
  });

  it('says what waiting for a held destination costs in a day', async () => {
    const { code, out } = await cost('--held', '1e6');
    const { bill } = JSON.parse((await cost('--held', '1e6', '--json')).out) as { bill: { usd: number } };

    expect(code).toBe(0);
    // Some 14,000 messages of 72 compressed events, 110 times: sent, received, and ten deleted at a time.
    expect(out).toMatch(/^SQS: send, receive, delete +3,304,165 × request per 64 KB, standard queue +1\.32$/m);
    expect(bill.usd).toBeLessThan(2);
  });

  it('follows the settings of the environment', async () => {
    const unitsOf = async (environment: string) => {
      const { out } = await cost('--events', '100e6', '--env', environment, '--json');
      return JSON.parse(out) as {
        deployment: { logRetentionDays: number };
        bill: { traffic: { invocations: number } };
      };
    };

    const production = await unitsOf('production');
    const development = await unitsOf('development');

    expect(production.deployment.logRetentionDays).toBeGreaterThan(development.deployment.logRetentionDays);
    expect(production.bill.traffic.invocations).toBeLessThan(development.bill.traffic.invocations);
  });

  it('follows what is said of the workload', async () => {
    const { out } = await cost('--events', '100e6', '--events-per-request', '50', '--json');

    expect(JSON.parse(out)).toMatchObject({ bill: { traffic: { requests: 2e6 } } });
  });

  it('warns where the environment could not take the traffic', async () => {
    const { out } = await cost('--events', '10e9', '--env', 'development');

    expect(out).toMatch(/Warning: 191 requests a second on average, and development lets 100 through: raise throttle/);
  });

  it.each([
    { args: ['--events', 'many'], says: '--events "many" is not a number from 1' },
    { args: ['--events', '-5'], says: '--events needs a value' },
    { args: ['--events', '1e99'], says: 'is not a number from 1' },
    { args: ['--events', '1e6', '--env', 'prod'], says: '--env "prod" is not one of development, staging, production' },
    { args: ['--events', '1e6', '--event-bytes', '0'], says: '--event-bytes "0" is not a number from 100' },
    { args: ['--events', '1e6', '--events-per-request', '2500'], says: 'lower --events-per-request' },
    { args: ['--events', '1e6', '--table'], says: 'give --events or --table, not both' },
    { args: ['--held', '1e6', '--events', '1e6'], says: '--held stands alone' },
    { args: ['--held', 'all'], says: '--held "all" is not a number' },
    { args: ['--table', '--prices'], says: 'give --table or --prices, not both' },
    { args: ['--event', '1e6'], says: 'there is no option --event' },
    { args: ['1e6'], says: 'an argument without an option' },
  ])('refuses $args in a line, and says what to type', async ({ args, says }) => {
    const { code, out, err } = await cost(...args);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
    expect(err).toMatch(/^cost: [^\n]*\n(?:→ [^\n]*\n)?→ All options: npm run cost -- --help$/);
  });

  it('prints three volumes where none is given', async () => {
    expect(await cost()).toEqual(await cost('--table'));
  });

  it('names every option in its help', async () => {
    const { code, out } = await cost('--help');

    expect(code).toBe(0);
    for (const option of ['--events', '--env', '--event-bytes', '--graph-call-ms', '--table', '--prices', '--json']) {
      expect(out).toContain(option);
    }
  });
});

describe('docs/cost.md', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/cost.md'), 'utf8');

  it.each(['--table', '--prices'])('has what `npm run cost -- %s` prints', async (option) => {
    const { out } = await cost(option);

    expect(page).toContain(out);
  });
});
