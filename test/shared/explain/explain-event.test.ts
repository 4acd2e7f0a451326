import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examples } from '../../../examples/examples.ts';
import { presetExamples } from '../../../examples/presets/preset-examples.ts';
import { explainEvent } from '../../../shared/explain/explain-event.ts';
import type { Explanation } from '../../../shared/explain/explanation.ts';
import { createTester } from '../../../shared/explain/tester.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { planEvent, type Verdict } from '../../../shared/delivery/plan.ts';
import { instantOf, type SegmentVector } from '../../support/compare-server-event.ts';
import { now } from '../../support/factories.ts';
import { compiled } from '../meta/presets/plan-at.ts';
import { destinationOf, liquid, unexplained } from './support.ts';

/** Outcomes of the mappings, as explanations tell them. */
const outcomesOf = ({ mappings }: Explanation) =>
  mappings.flatMap(({ name, outcome }) => {
    if (outcome === undefined) return [];
    if (outcome.status !== 'dead') return [[name, outcome.status === 'ready' ? outcome.json : outcome.reason]];
    return [[name, outcome.problems.map(({ code, message }) => [code, message])]];
  });

const planned = (verdicts: readonly Verdict[]) =>
  verdicts.flatMap((verdict) => {
    if (verdict.mapping === undefined) return [];
    if (verdict.status !== 'dead')
      return [[verdict.mapping, verdict.status === 'ready' ? verdict.json : verdict.reason]];
    return [[verdict.mapping, verdict.problems.map(({ code, message }) => [code, message])]];
  });

const explain = (event: Parameters<typeof planEvent>[0], destination: CompiledDestination) =>
  explainEvent(event, destination, { now, liquid });

describe('explainEvent over the examples', () => {
  it.each(examples)('tells the very bytes that are planned: $title', async ({ mapping, in: event }) => {
    const destination = await destinationOf([mapping]);

    expect(outcomesOf(explain(event, destination))).toEqual(planned(planEvent(event, destination, now)));
  });

  it.each(examples)('leaves no member of the server event unexplained: $title', async ({ mapping, in: event }) => {
    const { mappings } = explain(event, await destinationOf([mapping]));

    expect(mappings.map(({ outcome }) => outcome?.status)).toEqual(['ready']);
    expect(mappings.flatMap(unexplained)).toEqual([]);
  });

  it.each(presetExamples)('holds for presets: $title', async ({ destinations, in: event }) => {
    for (const destination of await compiled(destinations)) {
      const explanation = explain(event, destination);

      expect(outcomesOf(explanation)).toEqual(planned(planEvent(event, destination, now)));
      expect(explanation.mappings.flatMap(unexplained)).toEqual([]);
    }
  });

  it.each(examples)('is nothing but JSON: $title', async ({ mapping, in: event }) => {
    const explanation = explain(event, await destinationOf([mapping]));

    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
  });
});

const vectors = readFileSync(new URL('../../vectors/segment-actions.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): SegmentVector => JSON.parse(line));

/** A minute after the event, so that no age rule applies. */
function nowFor({ expected, event }: SegmentVector): Date {
  const at = instantOf(expected.request?.data[0]?.['event_time']) ?? instantOf(event['timestamp']);
  return at === undefined ? new Date('2026-06-01T12:00:00.000Z') : new Date(at + 60_000);
}

describe('explainEvent over the vectors of Segment’s destination', () => {
  const test = createTester({ sha256: sha256Hex, liquid });
  const results = vectors.map((vector) => {
    const { id, action, subscription, mapping, event } = vector;
    const draft = { name: id, action, trigger: subscription ?? null, fields: mapping, defaults: false };
    return { vector, result: test(draft, event, { now: nowFor(vector) }) };
  });
  const mappings = results.flatMap(({ result }) => ('explained' in result ? [result.explained] : []));

  it('has events of every outcome to tell of', () => {
    const counts = Object.groupBy(mappings, ({ outcome }) => outcome?.status ?? 'none');

    expect(counts.ready?.length).toBeGreaterThan(300);
    expect(counts.dead?.length).toBeGreaterThan(50);
  });

  it('leaves no member of a server event unexplained', () => {
    const gaps = mappings.flatMap((mapping) => unexplained(mapping).map((path) => `${mapping.name} ${path}`));

    expect(gaps).toEqual([]);
  });

  it('knows what to do about every problem and every warning', () => {
    const advice = mappings.flatMap(({ warnings, outcome }) => [
      ...warnings,
      ...(outcome?.status === 'dead' ? outcome.problems : []),
    ]);

    expect(advice.length).toBeGreaterThan(100);
    expect(advice.filter(({ code, fix }) => code === undefined || fix === undefined)).toEqual([]);
  });

  it('says why of every value that was not sent', () => {
    const silent = mappings
      .filter(({ outcome }) => outcome?.status === 'ready')
      .flatMap(({ name, fields }) =>
        fields
          .filter(({ raw, sent, dropped, notes }) => {
            const isGiven = raw !== undefined && raw !== null && raw !== '';
            return isGiven && sent === undefined && dropped === undefined && notes.length === 0;
          })
          .map(({ field, raw }) => `${name} ${field} ${JSON.stringify(raw)}`),
      );

    expect(silent).toEqual([]);
  });

  it('names a source wherever a path of the event gave a value', () => {
    const unknown = mappings.flatMap(({ name, fields }) =>
      fields
        .filter(({ directive, raw, sources }) => {
          const isPath = typeof directive === 'object' && directive !== null && '@path' in directive;
          return isPath && raw !== undefined && sources.length === 0;
        })
        .map(({ field }) => `${name} ${field}`),
    );

    expect(unknown).toEqual([]);
  });
});
