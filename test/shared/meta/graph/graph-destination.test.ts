import { describe, expect, it } from 'vitest';
import { TokenUnavailableError } from '../../../../shared/errors.ts';
import type { EventsRequest } from '../../../../shared/meta/graph/graph-client.ts';
import { graphDestination } from '../../../../shared/meta/graph/graph-destination.ts';
import type { DestinationToken, TokenSource } from '../../../../shared/queue/ports.ts';
import { graphError } from '../../../support/recording-graph.ts';
import { main } from '../../delivery/delivery-fixture.ts';

/** A secret whose text can be changed, read through a cache as in the function. */
function secretOf(first: string | undefined) {
  let text = first;
  let cached: DestinationToken | undefined;
  let reads = 0;
  const tokens: TokenSource = {
    async get() {
      if (cached !== undefined) return cached;
      reads++;
      if (text === undefined) throw new TokenUnavailableError('The secret holds no token.');
      cached = { accessToken: text };
      return cached;
    },
    drop(_, refused) {
      if (refused === undefined || cached === refused) cached = undefined;
    },
  };
  return {
    tokens,
    put: (next: string) => {
      text = next;
    },
    reads: () => reads,
  };
}

function destinationWith(secret: ReturnType<typeof secretOf>, errorCode = 190) {
  const sendEvents = async ({ token }: EventsRequest) =>
    token.accessToken === 'good'
      ? ({ accepted: true, received: 1 } as const)
      : ({ accepted: false, error: graphError(errorCode) } as const);
  const { service, requestBuilder, retryLogic, limits } = graphDestination(main, { tokens: secret.tokens, sendEvents });
  const body = requestBuilder.open(false);
  body.add('{}');
  return {
    limits,
    mayBeMended: async () => await service.mayBeMended?.(),
    send: async () => {
      const answer = await service.send({ body, places: [0], partition: undefined });
      return answer.accepted ? 'accepted' : retryLogic.actionFor(answer.error);
    },
  };
}

describe('a dataset as delivery sees it', () => {
  it('takes a thousand events in a request', () => {
    expect(destinationWith(secretOf('good')).limits).toEqual({ eventsPerRequest: 1_000 });
  });

  it('asks for a hold while its secret holds no token, and may be mended once it does', async () => {
    const secret = secretOf(undefined);
    const { send, mayBeMended } = destinationWith(secret);

    expect([await send(), await mayBeMended()]).toEqual(['hold', false]);
    secret.put('good');

    expect([await mayBeMended(), await send()]).toEqual([true, 'accepted']);
  });

  it.each([
    ['a refused token', 190],
    ['a missing permission', 10],
  ])('may be mended after %s once the secret holds another token', async (_, code) => {
    const secret = secretOf('bad');
    const { send, mayBeMended } = destinationWith(secret, code);

    expect([await send(), await mayBeMended(), await mayBeMended()]).toEqual(['hold', false, false]);
    secret.put('good');

    expect([await mayBeMended(), await send()]).toEqual([true, 'accepted']);
  });

  it('says nothing of what its secret cannot tell, such as a wrong setting', async () => {
    const secret = secretOf('bad');
    const { send, mayBeMended } = destinationWith(secret, 100);

    expect([await send(), await mayBeMended()]).toEqual(['reject', false]);
  });

  it('reads the secret once more for several requests that were refused at once', async () => {
    const secret = secretOf('bad');
    const { send } = destinationWith(secret);

    await secret.tokens.get('');
    await Promise.all([send(), send(), send(), send()]);

    expect(secret.reads()).toBe(2);
  });
});
