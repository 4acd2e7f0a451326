import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileTrigger, type TriggerEvent, TriggerSyntaxError } from '../../../shared/fql/compile-trigger.ts';

interface Vector {
  readonly id: string;
  readonly fql: string;
  readonly event: TriggerEvent;
  readonly matches?: boolean;
  readonly error?: unknown;
  /** Names what Segment's parser misreads here. */
  readonly note?: string;
}

// Made by running Segment's own parser and matcher, github.com/segmentio/action-destinations at 970a17e.
const vectors = readFileSync(new URL('../../vectors/segment-fql.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Vector => JSON.parse(line));

function outcome({ fql, event }: Vector): boolean | 'refused' {
  try {
    return compileTrigger(fql)(event);
  } catch (error) {
    if (error instanceof TriggerSyntaxError) return 'refused';
    throw error;
  }
}

describe('Segment trigger vectors', () => {
  it('are all here', () => {
    expect(vectors.length).toBeGreaterThan(180);
  });

  it.each(vectors.filter(({ note }) => !note))('$id agrees with Segment on $fql', (vector) => {
    expect(outcome(vector)).toBe(vector.error === undefined ? vector.matches : 'refused');
  });

  it.each(vectors.filter(({ note }) => note))('$id reads or refuses $fql ($note)', (vector) => {
    expect([true, false, 'refused']).toContain(outcome(vector));
  });
});
