import { describe, expect, it } from 'vitest';
import { describeRead, describeRequest } from '../../../local/graph-stand-in/describe-request.ts';
import type { ReceivedRequest } from '../../../local/graph-stand-in/graph-api.ts';
import { readCommandLine } from '../../../commands/kit/read-command-line.ts';
import { graphStandIn } from '../../../local/graph-stand-in/graph-stand-in.ts';
import { startOptions } from '../../../local/graph-stand-in/options.ts';
import { execute } from '../../commands/execute.ts';
import { now } from './server-events.ts';

const readOptions = (args: readonly string[], env: NodeJS.ProcessEnv) =>
  startOptions(readCommandLine(graphStandIn, args).values as Parameters<typeof startOptions>[0], env);

describe('the options of the stand-in', () => {
  it('has defaults', () => {
    expect(readOptions([], {})).toEqual({ port: 3100, tokens: ['local-token'], api: { token: {}, faults: [] } });
  });

  it('takes port and token from the environment', () => {
    expect(readOptions([], { PORT: '4000', META_ACCESS_TOKEN: 'mine' })).toMatchObject({
      port: 4000,
      tokens: ['mine'],
    });
  });

  it('prefers what is on the command line', () => {
    const args = ['--port', '0', '--token', 'a', '--token', 'b'];
    expect(readOptions(args, { PORT: '4000', META_ACCESS_TOKEN: 'c' })).toMatchObject({ port: 0, tokens: ['a', 'b'] });
  });

  it('closes the world around the datasets that are named', () => {
    expect(readOptions(['--dataset', '1=One', '--dataset', '2'], {}).api.world).toEqual({
      closed: true,
      datasets: [
        { id: '1', name: 'One', businessId: '100000000000001' },
        { id: '2', name: 'Dataset 2', businessId: '100000000000001' },
      ],
    });
  });

  it('reads what the tokens are', () => {
    const args = [
      '--scopes',
      'ads_read,',
      '--expires',
      '2026-12-31T00:00:00Z',
      '--app-secret',
      's',
      '--calls-per-hour',
      '9',
    ];
    expect(readOptions(args, {}).api).toEqual({
      token: { scopes: ['ads_read'], expiresAt: new Date('2026-12-31T00:00:00Z') },
      appSecret: 's',
      limits: { callsPerHour: 9 },
      faults: [],
    });
  });

  it('reads faults by name and as JSON', () => {
    const args = ['--fault', 'throttled', '--fault', '{"latencyMs": 5, "share": 0.5}'];
    expect(readOptions(args, {}).api.faults).toEqual([{ fault: 'throttled' }, { latencyMs: 5, share: 0.5 }]);
  });

  it.each([
    [['--port', 'x'], '--port "x" is not a whole number from 0'],
    [['--dataset', '1', '--dataset', 'a'], '--dataset "a" must be <id>'],
    [['--port', '70000'], '--port "70000"'],
    [['--token', ''], '--token is empty'],
    [['--expires', 'tomorrow'], '--expires "tomorrow" must be a time such as'],
    [['--calls-per-hour', '0'], '--calls-per-hour "0"'],
    [['--fault', 'nope'], '--fault "nope" fault: must be one of'],
    [['--fault', '{'], '--fault "{" is not JSON'],
    [['--speed', '1'], 'there is no option --speed'],
    [['now'], 'an argument without an option'],
  ])('refuse %j', async (args, problem) => {
    expect(await execute(graphStandIn, args)).toMatchObject({ code: 2, err: expect.stringContaining(problem) });
  });
});

describe('the line of a request', () => {
  const request = (overrides: Partial<ReceivedRequest> = {}): ReceivedRequest => ({
    at: now,
    datasetId: '1',
    graphVersion: 'v25.0',
    status: 200,
    events: [{}],
    duplicates: 0,
    durationMs: 4,
    stored: true,
    ...overrides,
  });

  it.each<[string, Partial<ReceivedRequest>]>([
    ['200  v25.0/1/events  1 event (4 ms)', {}],
    [
      '200  v25.0/1/events  2 events, 1 duplicate, test event code "T\\n1", warning: W. (4 ms)',
      { events: [{}, {}], duplicates: 1, testEventCode: 'T\n1', warnings: ['W.'] },
    ],
    [
      '400  v25.0/1/events  1 event, 100/33 Gone. (4 ms)',
      { status: 400, error: { code: 100, subcode: 33, message: 'Gone.' } },
    ],
    ['no answer  v25.0/1/events  1 event, fault reset after storing (4 ms)', { status: 0, fault: 'reset' }],
    [
      '404  unknown path  0 events, 2500 No. (4 ms)',
      { status: 404, datasetId: '', events: [], error: { code: 2500, message: 'No.' } },
    ],
  ])('%s', (line, overrides) => {
    expect(describeRequest(request(overrides))).toBe(line);
  });

  it('is shorter for a read', () => {
    expect(describeRead({ at: now, path: '/v25.0/me', status: 200 })).toBe('200  GET /v25.0/me');
    expect(describeRead({ at: now, path: '/v25.0/me', status: 0 })).toBe('no answer  GET /v25.0/me');
  });
});
