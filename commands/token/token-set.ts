import type { DestinationConfig } from '../../shared/config/config.ts';
import { readTokenSecret } from '../../shared/meta/graph/parse-token.ts';
import type { DestinationToken } from '../../shared/queue/ports.ts';
import type { CheckResult } from '../common/check.ts';
import { findingLines } from '../common/finding.ts';
import { chooseDestination, destinationOption, namedTargetOptions, targetOf } from '../common/target-options.ts';
import { readSecretToken } from '../common/read-token.ts';
import { loadDeployedConfig, type Services, withServices } from '../common/services.ts';
import { defineCommand } from '../kit/define-command.ts';
import type { CommandEffects } from '../kit/effects.ts';
import { flag, text } from '../kit/option.ts';
import { type Problem, problemLines } from '../kit/report-errors.ts';
import { UsageError } from '../kit/usage-error.ts';
import { readInput } from './read-input.ts';
import { type Rotation, rollBack, rotate } from './rotate.ts';
import { tokenSecret } from './token-rotation.ts';
import { verifyToken } from './verify.ts';

/** How `token:set` ended; never with a token in it. */
export interface TokenChange {
  /** `local`, or an environment of `config/`. */
  readonly environment: string;
  readonly secret: string;
  /** Names of the destinations that read the secret. */
  readonly destinations: readonly string[];
  /** `promoted`: the token is current. `kept`: it was current already. The rest changed nothing. */
  readonly outcome: Outcome;
  /** The command line that goes back to the token before; left out where there is none. */
  readonly back?: string;
  readonly checks: readonly { readonly check: string; readonly status: string; readonly message: string }[];
}

type Outcome = Rotation['outcome'] | 'kept' | 'no_previous' | 'interrupted';

export const tokenSet = defineCommand({
  name: 'token:set',
  summary:
    "Puts a system user token into a destination's secret, once Meta has taken it. The token is typed at a prompt or piped in.",
  page: 'docs/token.md',
  examples: [
    'npm run -s token:set -- --env production --destination main',
    'npm run -s token:set -- --env production --destination main < token.txt',
    'npm run -s token:set -- --env production --destination main --rollback',
  ],
  options: {
    ...namedTargetOptions,
    destination: destinationOption,
    testEventCode: text('<code>', 'also sends one event, ConnectionTest, to Test events in Events Manager'),
    skipVerification: flag('promotes the token untried, for when Meta cannot be reached'),
    rollback: flag('makes the previous token current again; reads no token'),
  },
  endsByItself: true,
  async run({ destination: wanted, testEventCode, skipVerification, rollback, ...where }, effects) {
    if (skipVerification && testEventCode !== undefined) {
      throw new UsageError('give --test-event-code or --skip-verification, not both');
    }
    const target = targetOf(where, effects);
    const { destinations } = await loadDeployedConfig(target);
    const [name, { accessTokenSecret: secret }] = chooseDestination(destinations, wanted);
    const readers = Object.entries(destinations).filter(([, each]) => each.accessTokenSecret === secret);
    return withServices(target, async (services) => {
      effects.say(`${target.deployment}: secret ${secret}, read by ${readers.map(describe).join(', ')}`);
      const checks: CheckResult[] = [];
      const trial: Trial = {
        secret,
        destinations: readers.map(([, destination]) => destination),
        testEventCode,
        skipVerification,
        services,
        effects,
        found: (result) => checks.push(result),
      };
      const { outcome, hasPrevious = false } = rollback ? await goBack(trial) : await putInPlace(trial);
      const failed = outcome !== 'promoted' && outcome !== 'kept';
      const result: TokenChange = {
        environment: target.deployment,
        secret,
        destinations: readers.map(([reader]) => reader),
        outcome: failed && effects.stopped.aborted ? 'interrupted' : outcome,
        ...(hasPrevious && {
          back: `npm run token:set -- --env ${target.deployment} --destination ${name} --rollback`,
        }),
        checks: checks.map(({ check, finding }) => ({ check, ...finding })),
      };
      return { result, failed };
    });
  },
  print({ outcome, back }, { out, err }) {
    const { said = [], problem } = endings[outcome];
    for (const line of said) out(line);
    if (back !== undefined) out(`The one before is kept; to go back to it: ${back}`);
    if (problem !== undefined) for (const line of problemLines(problem)) err(line);
  },
});

const describe = ([name, { datasetId }]: [string, DestinationConfig]): string => `${name} (dataset ${datasetId})`;

/** Secret that a token is put into, and how the token is tried before. */
interface Trial {
  /** Name of the secret. */
  readonly secret: string;
  /** All that read it. */
  readonly destinations: readonly DestinationConfig[];
  readonly testEventCode: string | undefined;
  readonly skipVerification: boolean;
  readonly services: Services;
  readonly effects: CommandEffects & { readonly say: (line: string) => void };
  /** Takes each check of the token. */
  readonly found: (result: CheckResult) => void;
}

interface Change {
  readonly outcome: Outcome;
  readonly hasPrevious?: boolean;
}

async function putInPlace(trial: Trial): Promise<Change> {
  const { services, effects } = trial;
  const secret = tokenSecret(services.secrets, trial.secret);
  // Before a person types anything: the secret has to exist.
  const versions = await secret.versions();
  const value = await readInput(effects.input, effects.prompt, effects.stopped);
  const verify = () => verified(readTokenSecret(value) ?? { accessToken: value }, trial);
  const current = await readSecretToken(services, trial.secret);
  if (!current.ok || current.text !== value) return rotate(secret, versions, value, verify);
  // Put again, it would push the token before it out of AWSPREVIOUS.
  return { outcome: (await verify()) ? 'kept' : 'refused' };
}

async function goBack(trial: Trial): Promise<Change> {
  const secret = tokenSecret(trial.services.secrets, trial.secret);
  const { current, previous } = await secret.versions();
  if (current === undefined || previous === undefined) return { outcome: 'no_previous' };
  const reading = await readSecretToken(trial.services, trial.secret, 'AWSPREVIOUS');
  if (!reading.ok) {
    for (const line of problemLines(reading.problem)) trial.effects.err(line);
    return { outcome: 'refused' };
  }
  return rollBack(secret, current, previous, () => verified(reading.token, trial));
}

async function verified(token: DestinationToken, trial: Trial): Promise<boolean> {
  const { destinations, testEventCode, skipVerification, services, effects } = trial;
  if (skipVerification) {
    effects.say('Not verified, as asked for.');
    return true;
  }
  const { graphApiUrl } = services;
  const on = { fetch: stoppable(effects), graphApiUrl, now: effects.clock(), testEventCode, destinations };
  const good = await verifyToken(token, on, (result) => {
    trial.found(result);
    for (const each of findingLines(result.check, result.finding)) effects.say(each);
  });
  return good && !effects.stopped.aborted;
}

/** A fetch that Ctrl-C ends. */
const stoppable =
  ({ fetch, stopped }: Pick<CommandEffects, 'fetch' | 'stopped'>): typeof globalThis.fetch =>
  (input, init = {}) =>
    fetch(input, { ...init, signal: init.signal ? AbortSignal.any([init.signal, stopped]) : stopped });

/** Closing words by outcome. */
const endings: Readonly<Record<Outcome, { readonly said?: readonly string[]; readonly problem?: Problem }>> = {
  promoted: {
    said: ['The token is current. Functions read it within five minutes, at once if Meta refuses the old one.'],
  },
  kept: { said: ['This is the current token already: nothing was changed.'] },
  refused: {
    problem: {
      reason: 'Verification failed: nothing was promoted, the functions go on with what they have.',
      fix: 'Follow the fix above and run the command again; --skip-verification promotes a token untried.',
    },
  },
  overtaken: {
    problem: {
      reason: 'Another token became current meanwhile: nothing was promoted.',
      fix: 'Agree with whoever put it in place, then run the command again.',
    },
  },
  no_previous: {
    problem: {
      reason: 'There is no previous token to go back to.',
      fix: 'Put a token in place with `npm run token:set` without --rollback.',
    },
  },
  interrupted: {
    problem: { reason: 'Interrupted: nothing was promoted.', fix: 'Run the command again.' },
  },
};
