export interface MappingSettings {
  /** Messages handed to one invocation, at most; above 10 a batching window is needed. */
  readonly batchSize: number;
  /** How long a batch waits to be full, counted from its first message. */
  readonly batchingWindowSeconds: number;
  /** Invocations at once, at most. */
  readonly maxConcurrency: number;
}

/** Lambda's bounds for an SQS event source mapping. Source: `CreateEventSourceMapping` in the Lambda API reference. */
const bounds: readonly (readonly [setting: keyof MappingSettings, least: number, most: number])[] = [
  ['batchSize', 1, 10_000],
  ['batchingWindowSeconds', 0, 300],
  ['maxConcurrency', 2, 1_000],
];

/** Throws a RangeError for settings with which AWS would not create the mapping. */
export function checkMappingSettings(settings: MappingSettings): void {
  for (const [setting, least, most] of bounds) {
    const value = settings[setting];
    if (!(value >= least && value <= most)) throw new RangeError(`${setting} is ${value}, not ${least} to ${most}`);
  }
  if (settings.batchSize > 10 && settings.batchingWindowSeconds < 1) {
    throw new RangeError('A batchSize above 10 needs a batchingWindowSeconds of at least 1');
  }
}
