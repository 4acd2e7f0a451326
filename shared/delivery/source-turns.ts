import type { QueueRecord } from './queue-record.ts';

/** Records of one source, and the time that planning them took so far. */
interface Line {
  readonly source: string;
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
    this.lines = [...Map.groupBy(records, sourceOf)].map(([source, own]) => ({
      source,
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

/** Message groups are named after the source, put-back ones after source and destination. */
const sourceOf = ({ groupId = '' }: QueueRecord): string => groupId.split('/')[0] ?? '';
