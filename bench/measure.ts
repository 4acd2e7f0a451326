/** Something to measure: a run handles `events` events. */
export interface Subject {
  readonly name: string;
  readonly events: number;
  /** Name of the subject that does the least for the same events, which this one is held against. */
  readonly floor?: string;
  run(): unknown;
}

/** Per event, in microseconds. */
export interface Cost {
  /** CPU of the whole process: its threads, the garbage collector and the kernel's part included. */
  readonly cpu: number;
  readonly wall: number;
  /** CPU in one round over that of the floor in the same round: the median of the rounds. */
  readonly ofFloor: number;
}

/** V8 compiles what it maps orders with until it has seen some 15,000: time that belongs to the process, not the event. */
const warmUpRounds = 3;

/**
 * Measures the cost of an event for each subject: the median of some rounds. Every round runs all subjects in turn, so
 * that a machine that is busy for a while is busy for all of them; some rounds before them warm up.
 */
export async function measure(subjects: readonly Subject[], rounds: number): Promise<ReadonlyMap<string, Cost>> {
  const costs = new Map<string, { readonly cpu: number; readonly wall: number }[]>(
    subjects.map(({ name }) => [name, []]),
  );
  for (let round = 1 - warmUpRounds; round <= rounds; round++) {
    for (const { name, events, run } of subjects) {
      const cpuBefore = process.cpuUsage();
      const wallBefore = performance.now();
      await run();
      const { user, system } = process.cpuUsage(cpuBefore);
      const wall = ((performance.now() - wallBefore) * 1_000) / events;
      if (round > 0) costs.get(name)?.push({ cpu: (user + system) / events, wall });
    }
  }
  return new Map(
    subjects.map(({ name, floor }): [string, Cost] => {
      const all = costs.get(name) ?? [];
      const floors = costs.get(floor ?? '') ?? [];
      return [
        name,
        {
          cpu: median(all.map(({ cpu }) => cpu)),
          wall: median(all.map(({ wall }) => wall)),
          ofFloor: median(all.map(({ cpu }, round) => cpu / (floors[round]?.cpu ?? Number.NaN))),
        },
      ];
    }),
  );
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = sorted.slice(sorted.length % 2 === 1 ? middle : middle - 1);
  return sorted.length % 2 === 1 ? low : (low + high) / 2;
}
