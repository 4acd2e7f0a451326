import type { Action } from '../meta/event/action.ts';
import { isLenient } from '../meta/actions/compile-mapping-config.ts';
import { completeEvent } from '../meta/event/complete-event.ts';
import type { LiquidRenderer } from '../mapping/liquid.ts';
import type { CompiledDestination } from '../meta/destination.ts';
import type { Verdict } from '../delivery/plan.ts';
import type { Problem } from '../meta/event/problem.ts';
import type { Warning } from '../meta/event/warning.ts';
import type { JsonObject } from '../segment/event.ts';
import { problemAdvice, warningAdvice } from './advice.ts';
import { explainFields } from './explain-fields.ts';
import type { Advice, ExplainedMapping, ExplainedOutcome } from './explanation.ts';
import type { FieldSubject } from './field-subject.ts';
import { adviseMatchKeys } from './match-key-advice.ts';
import { eventScope, tracerWith } from './trace.ts';
import { orNothing, resolveFields, type WrittenMapping } from './written-mapping.ts';

type MappingVerdict = Verdict<Problem, Warning>;

/** One mapping, as it is written, and what it made of an event. */
export interface MappingSubject {
  readonly name: string;
  readonly actionKey: string;
  readonly action: Action;
  readonly trigger: string | null;
  /** Complete: the defaults laid under what the configuration says. */
  readonly written: WrittenMapping;
  /** None where the trigger does not match, or no mapping was tried. */
  readonly verdict: MappingVerdict | undefined;
}

export interface EventSubject {
  /** With an empty user id taken out. */
  readonly event: JsonObject;
  readonly destination: Pick<CompiledDestination, 'names' | 'sha256' | 'personalData' | 'minimise'>;
  readonly now: Date;
  readonly liquid: LiquidRenderer | undefined;
}

export function explainMapping(given: MappingSubject, matches: boolean, of: EventSubject): ExplainedMapping {
  const { name, actionKey, action, trigger, verdict } = given;
  const head = { name, action: actionKey, title: action.title, trigger, matches };
  if (verdict === undefined) {
    return { ...head, fields: [], warnings: [], matchKeys: { present: [], missing: [] } };
  }
  const warnings = verdict.status === 'skipped' ? [] : verdict.warnings.map(warningAdvice);
  const problems =
    verdict.status === 'dead' ? verdict.problems.map((each) => problemAdvice(each, given.written.fields)) : [];
  const outcome = outcomeOf(verdict, problems);
  const subject = fieldSubject(given, outcome, [...warnings, ...problems], of);
  const fields = explainFields(subject);
  return { ...head, outcome, fields, warnings, matchKeys: adviseMatchKeys(subject, fields) };
}

function outcomeOf(verdict: MappingVerdict, problems: readonly Advice[]): ExplainedOutcome {
  switch (verdict.status) {
    case 'ready': {
      const { json, partition: testEventCode } = verdict;
      const serverEvent = JSON.parse(json) as JsonObject;
      return { status: 'ready', serverEvent, json, ...(testEventCode !== undefined && { testEventCode }) };
    }
    case 'skipped':
      return { status: 'skipped', reason: verdict.reason };
    case 'dead':
      return { status: 'dead', problems };
  }
}

function fieldSubject(
  { action, written }: MappingSubject,
  outcome: ExplainedOutcome,
  said: readonly Advice[],
  { event, destination, now, liquid }: EventSubject,
): FieldSubject {
  const tracer = tracerWith(liquid);
  const { fields: mapping, tree } = written;
  const scope = eventScope(isLenient(mapping) ? completeEvent(event) : event);
  const ready = outcome.status === 'ready' ? outcome : undefined;
  return {
    action,
    mapping,
    resolved: resolveFields(written, tracer, scope),
    sourcesOf: (steps) => orNothing(() => tracer.sources(tree, steps, scope)) ?? [],
    choiceOf: (directive) => (tree === mapping ? (orNothing(() => tracer.conditions(directive, scope)) ?? []) : []),
    serverEvent: ready?.serverEvent,
    said: new Map(said.flatMap((each) => (each.path === undefined ? [] : [[each.path, each]]))),
    event,
    destinationNames: destination.names,
    testEventCode: ready?.testEventCode,
    guard: destination.personalData,
    minimise: destination.minimise,
    sha256: destination.sha256,
    now,
  };
}
