import type { JsonObject } from '../../shared/segment/event.ts';
import type { BenchMapper } from '../mapper.ts';
import type { Candidate } from './candidate.ts';

/** A mapper of this project, or one of the two that are written by hand. */
export const mapperCandidate = (mapper: BenchMapper & { reset?(): void }): Candidate => ({
  reset: () => mapper.reset?.(),
  run: (texts) => mapper.body(texts).byteLength,
  sample: (text) => onlyEvent(mapper.body([text]).toString()),
});

/** The one server event of a request's body. */
export function onlyEvent(body: string): JsonObject {
  const { data } = JSON.parse(body) as { readonly data: readonly JsonObject[] };
  const [event] = data;
  if (event === undefined || data.length !== 1) throw new Error(`One event became ${data.length}.`);
  return event;
}
