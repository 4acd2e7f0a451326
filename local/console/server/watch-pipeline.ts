import type { Config } from '../../../shared/config/config.ts';
import type { BackendFaults, RuntimeOutput } from '../../runtime/backend.ts';
import { queueNames } from '../../runtime/queues.ts';
import { EventLog } from './event-log.ts';
import { observePipeline } from './observer.ts';

export interface PipelineWatch {
  readonly log: EventLog;
  readonly isBusy: () => boolean;
  /** Events that come from now on are owed to the destinations of another configuration. */
  configure(config: Config): void;
  /** For the backend: they see everything and change nothing. */
  readonly taps: BackendFaults;
  /** What the functions print for the log alone goes no further. */
  output(output: RuntimeOutput): RuntimeOutput;
}

/** Follows every event of a runtime that is about to start. */
export function watchPipeline(first: Config): PipelineWatch {
  let config = first;
  const log = new EventLog({
    destinationsOf: (source) => config.sources[source]?.destinations ?? [],
    now: Date.now,
  });
  const observer = observePipeline(log, queueNames);
  return {
    log,
    isBusy: observer.isBusy,
    configure(next) {
      config = next;
    },
    taps: {
      environment: { LOG_MESSAGE_IDS: 'all' },
      intercept: (operation, body) => {
        observer.queueRequest(operation, body);
        return undefined;
      },
      handOver: async (event, invoke) => {
        const done = observer.handedOver(event.Records.map(({ body }) => body));
        try {
          return await invoke(event);
        } finally {
          done();
        }
      },
    },
    output: (output) => ({
      ...output,
      onRefusal: (line) => {
        log.refused(line);
        output.onRefusal?.(line);
      },
      onLog: (line) => {
        if (!observer.line(line)) output.onLog(line);
      },
    }),
  };
}
