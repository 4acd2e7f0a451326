import type { Config } from '../config/config.ts';
import { sqsLimits } from '../queue/message.ts';

/** Groups of messages, for SQS's fair queues. Whoever has nobody to be fair to gets none: groups cost. */
export interface MessageGroups {
  /** Of what comes from a source. */
  of(source: string): string | undefined;
  /** Of what waits for one destination: no reason to let the source's other events wait. */
  ofRetries(source: string, destination: string): string | undefined;
}

export function messageGroups({ sources }: Pick<Config, 'sources'>): MessageGroups {
  const isAlone = Object.keys(sources).length === 1;
  return {
    of: (source) => (isAlone ? undefined : source),
    ofRetries: (source, destination) =>
      isAlone && (sources[source]?.destinations.length ?? 0) <= 1
        ? undefined
        : `${source}/${destination}`.slice(0, sqsLimits.groupIdCharacters),
  };
}
