import type { Pipeline } from '../e2e/support/pipeline.ts';
import type { CountingGraph } from './counting-graph.ts';

/** Pipeline that a round attacks, and what the round needs for it. */
export interface Target {
  readonly pipeline: Pipeline;
  readonly graph: CountingGraph;
  readonly random: () => number;
  /** A fraction of the full size, for a run that takes seconds. */
  readonly short: boolean;
  /** How long the round that takes time by the clock lasts; a short one takes seconds for minutes. */
  readonly minutes: number;
  /** Ends the pipeline with SIGKILL and starts it again on the same port and state. */
  readonly restart: () => Promise<void>;
  /** Folder of the pipeline's state. */
  readonly stateDirectory: string;
}

export interface RoundResult {
  /** Figures that were measured, a line each. */
  readonly figures: readonly string[];
  /** Events that must not have happened and did. Empty when the pipeline held. */
  readonly breaches: readonly string[];
}

export type Round = (target: Target) => Promise<RoundResult>;
