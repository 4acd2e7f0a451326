import * as z from 'zod';
import { environments } from '../../config/environments.ts';
import type { EnvironmentName } from '../../shared/config/environment-settings.ts';
import { closest } from '../../shared/lib/closest.ts';
import type { CommandEffects } from '../kit/effects.ts';
import { oneOf, text, wholeNumberFrom } from '../kit/option.ts';
import { thereAre } from '../kit/plural.ts';
import { UsageError } from '../kit/usage-error.ts';

/** A deployment that a command is about: the running `npm start`, or one of `config/` in an AWS account. */
export type DeploymentName = 'local' | EnvironmentName;

/** Target of a command: a deployment, and the way to it. */
export interface Target {
  readonly deployment: DeploymentName;
  /** Of the running `npm start`; only `local` needs it. */
  readonly port: string;
  readonly env: NodeJS.ProcessEnv;
  /** The project's folder. */
  readonly root: string;
}

const accountNames = Object.keys(environments) as EnvironmentName[];
export const deploymentNames: readonly DeploymentName[] = ['local', ...accountNames];

const port = text(
  '<port>',
  'of the `npm start` that runs here; PORT or 3000 if left out',
  wholeNumberFrom(1, 65_535).optional(),
);

/** For commands that look at what runs here unless another deployment is named. */
export const targetOptions = {
  env: text(
    '<name>',
    `the running npm start (local, if left out), or in your AWS account ${accountNames.join(', ')}`,
    oneOf(deploymentNames).default('local'),
  ),
  port,
};

/** For commands that change something: which deployment has to be said. */
export const namedTargetOptions = {
  env: text('<name>', `${accountNames.join(', ')}, or local for the npm start that runs here`, oneOf(deploymentNames)),
  port,
};

/** For commands about the settings of a deployment in AWS. */
export const accountOption = (fallback: EnvironmentName) =>
  text('<name>', `${accountNames.join(', ')}; ${fallback} if left out`, oneOf(accountNames).default(fallback));

/** The same, for a command that can do without: it has queues to name instead. */
export const optionalTargetOptions = {
  env: text('<name>', targetOptions.env.help, oneOf(deploymentNames).optional()),
  port,
};

/** @throws UsageError for a port in the variables that is none */
export function targetOf(
  options: { readonly env: DeploymentName; readonly port: number | undefined },
  { env, root }: Pick<CommandEffects, 'env' | 'root'>,
): Target {
  return { deployment: options.env, port: String(options.port ?? localPort(env)), env, root };
}

function localPort({ PORT = '3000' }: NodeJS.ProcessEnv): number {
  const read = z.coerce.number().int().min(1).max(65_535).safeParse(PORT);
  if (!read.success) throw new UsageError(`PORT=${JSON.stringify(PORT)} is no port`);
  return read.data;
}

export const destinationOption = text(
  '<name>',
  'its name in the configuration; may be left out where there is one only',
);

/** The destination that is meant, with its name: the only one need not be named. @throws UsageError */
export function chooseDestination<Destination>(
  destinations: Readonly<Record<string, Destination>>,
  wanted: string | undefined,
): readonly [string, Destination] {
  const all = Object.entries(destinations);
  const names = Object.keys(destinations);
  const chosen = wanted === undefined && all.length === 1 ? all[0] : all.find(([name]) => name === wanted);
  if (chosen !== undefined) return chosen;
  if (wanted === undefined) throw new UsageError(`--destination is missing; ${thereAre(names)}`);
  const meant = closest(wanted, names);
  throw new UsageError(
    `there is no destination ${JSON.stringify(wanted)}; ${thereAre(names)}`,
    meant && `Did you mean --destination ${meant}?`,
  );
}
