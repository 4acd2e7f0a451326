import type { DestinationConfig } from '../../shared/config/config.ts';
import { readTokenSecret } from '../../shared/meta/graph/parse-token.ts';
import type { DestinationToken } from '../../shared/queue/ports.ts';
import { awsProblem, isAwsError } from '../common/aws-problem.ts';
import {
  type CommandLine,
  chooseDestination,
  flag,
  readCommandLine,
  readPlace,
  text,
  UsageError,
} from '../common/command-options.ts';
import { loadEnvironmentConfig, openServices, type Services } from '../common/environment.ts';
import { findingLines } from '../common/finding.ts';
import { type CommandEffects, type ExitCode, problemLines, runCommand } from '../common/run-command.ts';
import { readSecretToken } from '../common/read-token.ts';
import { type Input, readInput } from './read-input.ts';
import { type Rotation, rollBack, rotate } from './rotate.ts';
import { tokenSecret } from './token-rotation.ts';
import { verifyToken } from './verify.ts';

export interface TokenEffects extends CommandEffects {
  /** Where the new token is read from. */
  readonly input: Input;
  /** Writes as it is, without a line break; for the prompt. */
  readonly prompt: (text: string) => void;
  /** Aborted on Ctrl-C: nothing is promoted any more. */
  readonly stopped: AbortSignal;
}

export const usage =
  'npm run token:set -- --env <environment> [--destination <name>] [--test-event-code <code>] [--skip-verification] [--rollback] [--port <port>] < token, see docs/token.md';

const options = {
  env: text,
  destination: text,
  port: text,
  'test-event-code': text,
  'skip-verification': flag,
  rollback: flag,
};

/** Runs one command line: puts a token in place, or the one before it back. */
export const run = (args: readonly string[], effects: TokenEffects): Promise<ExitCode> =>
  runCommand({ name: 'token:set', usage }, args, effects, async () => {
    const line = readCommandLine(args, options);
    if (line.flag('skip-verification') && line.text('test-event-code') !== undefined) {
      throw new UsageError('give --test-event-code or --skip-verification, not both');
    }
    const place = { ...readPlace(line, effects.variables), variables: effects.variables, root: effects.root };
    const { destinations } = await loadEnvironmentConfig(place);
    const [name, { accessTokenSecret: secret }] = chooseDestination(destinations, line.text('destination'));
    const users = Object.entries(destinations).filter(([, each]) => each.accessTokenSecret === secret);
    const services = await openServices(place);
    try {
      effects.out(`${place.name}: secret ${secret}, read by ${users.map(describe).join(', ')}`);
      const target = { secret, destinations: users.map(([, destination]) => destination) };
      const change = line.flag('rollback') ? goBack : putInPlace;
      const rotation = await change(target, services, line, effects);
      return tellEnd(rotation, `npm run token:set -- --env ${place.name} --destination ${name} --rollback`, effects);
    } catch (error) {
      if (!isAwsError(error)) throw error;
      for (const line of problemLines(awsProblem(error, place.name))) effects.err(line);
      return 1;
    } finally {
      services.close();
    }
  });

const describe = ([name, { datasetId }]: [string, DestinationConfig]): string => `${name} (dataset ${datasetId})`;

interface Target {
  /** Name of the secret. */
  readonly secret: string;
  /** All that read it. */
  readonly destinations: readonly DestinationConfig[];
}

type Ended = Rotation | { readonly outcome: 'kept' | 'no_previous' };
type Change = (target: Target, services: Services, line: CommandLine, effects: TokenEffects) => Promise<Ended>;

const putInPlace: Change = async (target, services, line, effects) => {
  const secret = tokenSecret(services.secrets, target.secret);
  // Before a person types anything: the secret has to exist.
  const versions = await secret.versions();
  const value = await readInput(effects.input, effects.prompt, effects.stopped);
  const verify = verification(readTokenSecret(value) ?? { accessToken: value }, target, services, line, effects);
  const current = await readSecretToken(services, target.secret);
  if (!current.ok || current.text !== value) return rotate(secret, versions, value, verify);
  // Put again, it would push the token before it out of AWSPREVIOUS.
  return { outcome: (await verify()) ? 'kept' : 'refused' };
};

const goBack: Change = async (target, services, line, effects) => {
  const secret = tokenSecret(services.secrets, target.secret);
  const { current, previous } = await secret.versions();
  if (current === undefined || previous === undefined) return { outcome: 'no_previous' };
  const reading = await readSecretToken(services, target.secret, 'AWSPREVIOUS');
  if (!reading.ok) {
    for (const line of problemLines(reading.problem)) effects.err(line);
    return { outcome: 'refused' };
  }
  return rollBack(secret, current, previous, verification(reading.token, target, services, line, effects));
};

const verification =
  (
    token: DestinationToken,
    { destinations }: Target,
    { graphApiUrl }: Services,
    line: CommandLine,
    effects: TokenEffects,
  ) =>
  async (): Promise<boolean> => {
    if (line.flag('skip-verification')) {
      effects.out('Not verified, as asked for.');
      return true;
    }
    const fetch = stoppable(effects);
    const trial = {
      fetch,
      graphApiUrl,
      now: effects.clock(),
      testEventCode: line.text('test-event-code'),
      destinations,
    };
    const good = await verifyToken(token, trial, ({ check, finding }) => {
      for (const each of findingLines(check, finding)) effects.out(each);
    });
    return good && !effects.stopped.aborted;
  };

/** Ctrl-C does not wait for Meta. */
const stoppable =
  ({ fetch, stopped }: TokenEffects): typeof globalThis.fetch =>
  (input, init = {}) =>
    fetch(input, { ...init, signal: init.signal ? AbortSignal.any([init.signal, stopped]) : stopped });

function tellEnd(ended: Ended, back: string, { out, err, stopped }: TokenEffects): ExitCode {
  if (ended.outcome === 'kept') {
    out('This is the current token already: nothing was changed.');
    return 0;
  }
  if (ended.outcome === 'promoted') {
    out('The token is current. Functions read it within five minutes, at once if Meta refuses the old one.');
    if (ended.hasPrevious) out(`The one before is kept; to go back to it: ${back}`);
    return 0;
  }
  if (stopped.aborted) err('Interrupted: nothing was promoted.');
  else for (const line of problemLines(problems[ended.outcome])) err(line);
  return 1;
}

const problems = {
  refused: {
    reason: 'Verification failed: nothing was promoted, the functions go on with what they have.',
    fix: 'Follow the fix above and run the command again; --skip-verification promotes a token untried.',
  },
  overtaken: {
    reason: 'Another token became current meanwhile: nothing was promoted.',
    fix: 'Agree with whoever put it in place, then run the command again.',
  },
  no_previous: {
    reason: 'There is no previous token to go back to.',
    fix: 'Put a token in place with `npm run token:set` without --rollback.',
  },
} as const;
