import { jsonOrNothing } from '../lib/json/json-or-nothing.ts';
import { lazy } from '../lib/lazy.ts';
import { DeadLetter, RejectedEvents } from '../queue/dead-letter.ts';
import { HeldMessage } from '../queue/held-message.ts';
import { generalBody } from '../queue/message-reader.ts';
import type { QueuedMessage, ReadBody } from '../queue/queued-message.ts';
import type { Replacement } from '../queue/replacement.ts';
import type { RulesOfSource } from '../segment/source-rules.ts';
import type { QueueRecord } from './queue-record.ts';

/**
 * The message that a record holds. A dead letter that AWS's own redrive moved to the events queue means what it means to
 * `dead-letters redrive`; one that cannot be redriven yet goes back as it is.
 *
 * @returns `held` where the events wait for a held destination, still packed; `letter` where there is no message: the dead
 *   letter that the record holds, or undefined
 */
export async function readRecord(
  { recordId, body }: QueueRecord,
  rules: RulesOfSource,
  readBody: ReadBody = generalBody,
): Promise<
  { readonly message: QueuedMessage } | { readonly held: HeldMessage } | { readonly letter: string | undefined }
> {
  const value = lazy(() => jsonOrNothing(body));
  const message = readBody(body, value);
  if (message !== undefined) return { message };
  const held = HeldMessage.safeParse(value());
  if (held.success) return { held: held.data };
  const replacement = await replacementOfAny(value(), recordId, rules);
  if (replacement === undefined) return { letter: undefined };
  if ('refusal' in replacement) return { letter: body };
  const redriven = readBody(replacement.body);
  return redriven === undefined ? { letter: body } : { message: redriven };
}

async function replacementOfAny(
  value: unknown,
  recordId: string,
  rules: RulesOfSource,
): Promise<Replacement | undefined> {
  // Loaded with the first such message: most invocations never see one, and a cold start should not read it.
  const { replacementOf, replacementOfRejected } = await import('../queue/replacement.ts');
  const letter = DeadLetter.safeParse(value);
  if (letter.success) return replacementOf(letter.data, recordId, rules);
  const rejected = RejectedEvents.safeParse(value);
  return rejected.success ? replacementOfRejected(rejected.data, recordId, rules) : undefined;
}
