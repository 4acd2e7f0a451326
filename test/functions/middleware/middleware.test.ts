import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../functions/aws/json-log.ts';
import { invocationFacts } from '../../../functions/middleware/invocation-facts.ts';
import { unexpectedError } from '../../../functions/middleware/unexpected-error.ts';
import type { Log } from '../../../shared/queue/ports.ts';

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 } as Context;

/** As zod and the AWS SDK throw: with a message, properties and a cause that may quote an event. */
class Telling extends Error {
  readonly input = 'jane@private.example';

  constructor() {
    super('bad value jane@private.example', { cause: new Error('jane@private.example') });
    this.name = 'Telling';
  }
}

const fail = async (): Promise<string> => {
  throw new Telling();
};

/** Everything that Lambda could write of an error: JSON of its own members, message, stack and cause. */
const everything = (error: unknown): string =>
  JSON.stringify([
    error,
    Object.getOwnPropertyNames(error).map((name) => String((error as Record<string, unknown>)[name])),
  ]);

describe('unexpectedError', () => {
  it('logs kind and place, and lets the invocation fail with an error that says nothing', async () => {
    const lines: unknown[] = [];
    const log: Log = (...line) => lines.push(line);
    const handler = middy<object, string>().use(unexpectedError(log)).handler(fail);

    const thrown = await handler({}, context).catch((error: unknown) => error);

    expect(lines).toEqual([
      ['error', 'unexpected error', { error: 'Telling', at: expect.stringContaining('middleware.test.ts') }],
    ]);
    expect(thrown).toBeInstanceOf(Error);
    expect((thrown as Error).message).toBe('unexpected');
    expect(everything(thrown)).not.toContain('private.example');
  });

  it('answers in place of the error where there is somebody to answer', async () => {
    const handler = middy<object, string>()
      .use(
        unexpectedError(
          () => {},
          () => 'sorry',
        ),
      )
      .handler(fail);

    expect(await handler({}, context)).toBe('sorry');
  });
});

describe('describeError', () => {
  it('says nothing but kind and place', () => {
    expect(JSON.stringify(describeError(new Telling()))).not.toContain('private.example');
    expect(describeError('jane@private.example')).toEqual({ error: 'string' });
  });
});

describe('invocationFacts', () => {
  it('lets the handler run on', async () => {
    const handler = middy<object, string>()
      .use(invocationFacts())
      .handler(async () => 'done');

    expect([await handler({}, context), await handler({}, {} as Context)]).toEqual(['done', 'done']);
  });
});
