import type { Config } from '../../../shared/config/config.ts';
import type { BackendFaults, RuntimeOutput } from '../../runtime/backend.ts';
import { queueNames } from '../../runtime/queues.ts';
import { EventLog } from './event-log.ts';
import { Health } from './health.ts';
import { inTurns } from './in-turns.ts';
import { mayBeForObserver, observePipeline } from './observer.ts';

export interface PipelineWatch {
  readonly log: EventLog;
  readonly health: Health;
  readonly isBusy: () => boolean;
  /** Events that come from now on are owed to the destinations of another configuration. */
  configure(config: Config): void;
  /** For the backend: they see everything and change nothing. */
  readonly hooks: BackendFaults;
  /** Output without what the functions print for the log alone. */
  output(output: RuntimeOutput): RuntimeOutput;
}

/** Follows every event of a runtime that is about to start, behind the work and never in its way. */
export function watchPipeline(first: Config): PipelineWatch {
  let config = first;
  const log = new EventLog({
    destinationsOf: (source) => config.sources[source]?.destinations ?? [],
    now: Date.now,
  });
  const health = new Health();
  const observer = observePipeline(log, queueNames);
  const turns = inTurns();
  let running = 0;
  return {
    ...{ log, health },
    isBusy: () => running > 0 || !turns.isIdle,
    configure(next) {
      config = next;
    },
    hooks: {
      env: { LOG_MESSAGE_IDS: 'all' },
      onSent: (queue, { id, body }) => turns.do(() => observer.sent(queue, { messageId: id, body })),
      handOver: async (event, invoke) => {
        const messages = event.Records.map(({ messageId, body }) => ({ messageId, body }));
        running++;
        turns.do(() => observer.handedOver(messages));
        try {
          return await invoke(event);
        } finally {
          running--;
        }
      },
    },
    output: (output) => ({
      ...output,
      onBatch: (line) => {
        health.report(line);
        // Behind the line that says which events these were.
        turns.do(() => output.onBatch({ ...line, names: log.takeNames() }));
      },
      onRefusal: (line) => {
        log.refused(line);
        health.refused(line, Date.now());
        output.onRefusal?.(line);
      },
      onLog: (line) => {
        if (!mayBeForObserver(line)) return output.onLog(line);
        turns.do(() => {
          if (!observer.line(line)) output.onLog(line);
          const rejected = observer.takeRejected();
          if (rejected !== undefined) output.onLog(rejected);
        });
      },
    }),
  };
}
