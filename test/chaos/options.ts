import { flag, oneOf, text, wholeNumberFrom } from '../../commands/kit/option.ts';
import { type ScenarioName, scenarioNames } from './scenarios.ts';

export interface ChaosOptions {
  readonly scenario: ScenarioName;
  readonly events: number;
  /** Decides which events are bad and where the faults hit. */
  readonly seed: number;
  readonly outageSeconds: number;
  /** Of one scenario, from the first event to the last outcome. */
  readonly timeoutSeconds: number;
  /** Loses one event on purpose, to see the harness notice. */
  readonly leak: boolean;
}

export const chaosOptions = {
  scenario: text('<name>', `${scenarioNames.join(', ')}; all if left out`, oneOf(scenarioNames).default('all')),
  events: text(
    '<n>',
    'events to send, up to 1,000,000; 2,000 if left out',
    wholeNumberFrom(10, 1_000_000).default(2_000),
  ),
  seed: text('<n>', 'where the faults hit; 1 if left out', wholeNumberFrom(0, 2 ** 31).default(1)),
  outageSeconds: text(
    '<n>',
    'how long the Graph API is out of reach; 20 if left out',
    wholeNumberFrom(1, 300).default(20),
  ),
  timeout: text(
    '<seconds>',
    'for one scenario; if left out, as long as so many events may take',
    wholeNumberFrom(1, 36_000).optional(),
  ),
  leak: flag('loses one event on purpose: the run must fail and name it'),
};

/** The options with the time that so many events may take. */
export const withTimeout = ({
  timeout,
  ...options
}: Omit<ChaosOptions, 'timeoutSeconds'> & { readonly timeout: number | undefined }): ChaosOptions => ({
  ...options,
  timeoutSeconds: timeout ?? enoughSeconds(options.events, options.outageSeconds),
});

const slowestEventsPerSecond = 150;

const enoughSeconds = (events: number, outageSeconds: number): number =>
  90 + 2 * outageSeconds + Math.ceil(events / slowestEventsPerSecond);
