import * as z from 'zod';
import type { LocalRoute } from '../../emulators/http-api/http-api.ts';
import type { DeadLetterService, LetterAction } from './dead-letter-service.ts';
import { numberOf, paramsOf } from './request-params.ts';
import { jsonRoute, sendJson, sendProblem } from './respond.ts';

const Change = z.object({
  chosen: z.union([
    z.object({ keys: z.array(z.string().min(1)).min(1).max(1_000) }),
    z.object({ query: z.record(z.string(), z.string()), upTo: z.number(), run: z.string() }),
  ]),
  event: z.record(z.string(), z.unknown()).optional(),
  confirmed: z.boolean().default(false),
});

const lettersPerPage = 50;

/**
 * Dead letters: a list, one of them, and what can be done with them.
 *
 * @param refusal why nothing may be changed; undefined where it may
 */
export function deadLetterRoutes(deadLetters: DeadLetterService, refusal?: string): Record<string, LocalRoute> {
  const changing = (action: LetterAction): LocalRoute =>
    jsonRoute(Change, async (change) => {
      if (refusal !== undefined) throw new Error(refusal);
      return deadLetters[action](change);
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
