import type { ChaosPipeline } from './chaos-pipeline.ts';
import type { Expected } from './event-kinds.ts';
import type { Evidence } from './evidence.ts';
import type { PlannedEvent } from './plan-events.ts';
import type { Step } from './scenario.ts';
import { type SenderOptions, sendEvents } from './send-events.ts';
import { until } from './until.ts';

/** Pipeline, events and evidence that steps act on. */
export interface Stage {
  readonly pipeline: Omit<ChaosPipeline, 'readLeftovers'>;
  readonly events: readonly PlannedEvent[];
  readonly evidence: Evidence;
  readonly sender: SenderOptions;
  /** Events answered with 200 so far, and what must become of each. */
  readonly sent: ReadonlyMap<string, Expected>;
  readonly signal: AbortSignal;
  readonly outageMs: number;
}

export interface Progress {
  /** Epoch milliseconds. */
  readonly firstDrainAt: number | undefined;
  readonly problems: readonly string[];
}

const queueFailsMs = 1_500;

/** Takes the steps in turn, until the last or until the signal says stop. @throws Error when sending fails for good */
export async function runSteps(steps: readonly Step[], stage: Stage): Promise<Progress> {
  const state: State = { sent: 0, share: 0, outageUntil: 0, firstDrainAt: undefined };
  for (const step of steps) {
    try {
      await take(step, stage, state);
    } catch (error) {
      if (!stage.signal.aborted) throw error;
      return { firstDrainAt: state.firstDrainAt, problems: [`The time was up in the step "${step.do}".`] };
    }
  }
  return { firstDrainAt: state.firstDrainAt, problems: [] };
}

interface State {
  sent: number;
  share: number;
  outageUntil: number;
  firstDrainAt: number | undefined;
}

async function take(step: Step, stage: Stage, state: State): Promise<void> {
  const { pipeline, events, evidence, signal } = stage;
  switch (step.do) {
    case 'send': {
      state.share += step.share;
      const end = Math.round(state.share * events.length);
      await sendEvents(events.slice(state.sent, end), stage.sender);
      state.sent = end;
      return;
    }
    case 'beginOutage':
      state.outageUntil = Date.now() + stage.outageMs;
      return pipeline.failGraph(stage.outageMs);
    case 'awaitOutageEnd':
      return until(() => Date.now() >= state.outageUntil, signal);
    case 'killToken':
      return pipeline.killToken(step.destination);
    case 'rotateToken':
      return pipeline.rotateToken(step.destination);
    case 'arm':
      pipeline.armed.push(step.fault);
      return;
    case 'awaitFault':
      return until(() => evidence.faults.has(step.fault) && !pipeline.armed.includes(step.fault), signal);
    case 'stopQueue':
      return pipeline.failQueue(queueFailsMs);
    case 'awaitArrivals':
      return until(() => hasAll(stage, step.destination), signal);
    case 'drain':
      await drain(stage);
      state.firstDrainAt ??= Date.now();
  }
}

function hasAll({ evidence, sent }: Stage, destination: string): boolean {
  const { arrivals } = evidence.at(destination);
  return [...sent].every(([id, { outcome }]) => outcome !== 'delivered' || arrivals.has(id));
}

/** A second invocation of a message may put something back after the queue was empty. */
async function drain({ pipeline: { isQuiet, settled }, signal }: Stage): Promise<void> {
  do {
    await until(isQuiet, signal);
    await settled();
  } while (!isQuiet());
}
