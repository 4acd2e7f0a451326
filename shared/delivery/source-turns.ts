import type { QueueRecord } from './queue-record.ts';

/** Records of one source, and the time that planning them took so far. */
interface Line {
  readonly records: readonly QueueRecord[];
  next: number;
  spentMs: number;
}

/**
 * Hands out records so that every source gets the same share of the time: whoever took least so far is next. One source's
 * flood, or events that take long to be mapped, so cost its own place in the invocation and nobody else's.
 */
export class SourceTurns {
  private readonly lines: readonly Line[];
  private last: Line | undefined;

  constructor(records: readonly QueueRecord[]) {
    this.lines = [...Map.groupBy(records, sourceOf).values()].map((own) => ({
      records: own,
      next: 0,
      spentMs: 0,
    }));
  }

  /** Whether the invocation has records of several sources. */
  get isShared(): boolean {
    return this.lines.length > 1;
  }

  /**
   * The next record.
   *
   * @param shareMs a source that took so long gets no further turn
   * @returns undefined when none is left, or every source that has some has used up its share
   */
  take(shareMs: number): QueueRecord | undefined {
    let least: Line | undefined;
    for (const line of this.lines) {
      if (line.next === line.records.length || line.spentMs >= shareMs) continue;
      if (least === undefined || line.spentMs < least.spentMs) least = line;
    }
    this.last = least;
    return least?.records[least.next++];
  }

  /** Books the time that the record of the last turn took. */
  spent(ms: number): void {
    if (this.last !== undefined) this.last.spentMs += ms;
  }

  /** Time that the source of the last turn took. */
  get spentMs(): number {
    return this.last?.spentMs ?? 0;
  }

  /** Records that had no turn. */
  rest(): readonly QueueRecord[] {
    return this.lines.flatMap(({ records, next }) => records.slice(next));
  }
}

/** Ingest and deliver write the source first, so that it can be read without the events. */
const sourceFirst = /^\{"version":1,"source":"([\w.-]{1,64})"/;

/** The source of a record, as far as that can be told without reading its events. */
export const sourceOf = ({ body, groupId }: QueueRecord): string | undefined =>
  sourceFirst.exec(body)?.[1] ?? groupId?.split('/')[0];
