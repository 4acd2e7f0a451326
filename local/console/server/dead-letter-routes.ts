import * as z from 'zod';
import type { LocalRoute } from '../../emulators/http-api/http-api.ts';
import type { DeadLetterService } from './dead-letter-service.ts';
import { numberOf, paramsOf } from './request-params.ts';
import { jsonRoute, sendJson, sendProblem } from './respond.ts';
import type { LettersMoved } from './wire.ts';

const Change = z.object({
  chosen: z.union([
    z.object({ keys: z.array(z.string().min(1)).min(1).max(1_000) }),
    z.object({ query: z.record(z.string(), z.string()), upTo: z.number(), run: z.string() }),
  ]),
  event: z.record(z.string(), z.unknown()).optional(),
  confirmed: z.boolean().default(false),
});

const lettersPerPage = 50;

export type LetterAction = 'redrive' | 'purge';

export interface DeadLetterRouteOptions {
  /** Why nothing may be changed; undefined where it may. */
  readonly refusal?: string | undefined;
  /** Told of every change that did something. */
  readonly onMoved?: (action: LetterAction, moved: LettersMoved) => Promise<void>;
}

/** Dead letters: a list, one of them, and what can be done with them. */
export function deadLetterRoutes(
  deadLetters: DeadLetterService,
  { refusal, onMoved = async () => {} }: DeadLetterRouteOptions = {},
): Record<string, LocalRoute> {
  const changing = (action: LetterAction): LocalRoute =>
    jsonRoute(Change, async (change) => {
      if (refusal !== undefined) throw new Error(refusal);
      const moved = await deadLetters[action](change);
      if (moved.done > 0) await onMoved(action, moved);
      return moved;
    });
  return {
    '/console/api/dead-letters': async (request, response) => {
      const { upTo, before, ...query } = Object.fromEntries(paramsOf(request));
      sendJson(
        response,
        await deadLetters.list({
          query: { ...query, upTo: numberOf(upTo) },
          before: numberOf(before),
          limit: lettersPerPage,
        }),
      );
    },
    '/console/api/letter': async (request, response) => {
      const letter = await deadLetters.letter(paramsOf(request).get('key') ?? '');
      if (letter === undefined) return sendProblem(response, 404, 'The letter is no longer in the dead letter queue.');
      sendJson(response, letter);
    },
    'POST /console/api/redrive': changing('redrive'),
    'POST /console/api/purge': changing('purge'),
  };
}
