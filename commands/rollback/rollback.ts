import type { FunctionRole } from '../../shared/config/function-descriptions.ts';
import { type DeployedFunction, type Obstacle, planRollback, type Turn, versionsToForget } from './versions.ts';

/** Effects of a rollback on an environment. */
export interface Effects {
  find(): Promise<readonly DeployedFunction[]>;
  turn(turn: Turn): Promise<void>;
  forget(name: string, version: number): Promise<void>;
}

export interface RollbackOptions {
  readonly environment: string;
  readonly role?: FunctionRole | undefined;
  readonly to?: number | undefined;
  /** Only shows the versions that are kept. */
  readonly list?: boolean;
  /** Removes all but the newest so many versions instead. */
  readonly keep?: number | undefined;
}

export type RollbackResult =
  | { readonly functions: readonly DeployedFunction[] }
  | { readonly turns: readonly Turn[] }
  | { readonly forgotten: readonly { readonly role: FunctionRole; readonly versions: readonly number[] }[] }
  | { readonly obstacle: Obstacle };

/** Turns the functions of an environment back to the versions before the last deployment. */
export async function rollback(options: RollbackOptions, effects: Effects): Promise<RollbackResult> {
  const functions = await effects.find();
  if (functions.length === 0) {
    return {
      obstacle: {
        reason: `There is no function of ${options.environment} in this account and region.`,
        fix: 'Look whether the credentials and the region are those of the deployment: `aws sts get-caller-identity`.',
      },
    };
  }
  if (options.list === true) return { functions };
  if (options.keep !== undefined) {
    const { keep } = options;
    const forgotten = functions.map((fn) => ({ role: fn.role, name: fn.name, versions: versionsToForget(fn, keep) }));
    for (const { name, versions } of forgotten) for (const version of versions) await effects.forget(name, version);
    return { forgotten: forgotten.map(({ role, versions }) => ({ role, versions })) };
  }
  const plan = planRollback(functions, options);
  if ('reason' in plan) return { obstacle: plan };
  for (const turn of plan.turns) await effects.turn(turn);
  return plan;
}

/** Lines that are printed of it. */
export function linesOf(result: RollbackResult, environment: string): readonly string[] {
  if ('obstacle' in result) return [result.obstacle.reason, `→ ${result.obstacle.fix}`];
  if ('functions' in result) {
    return result.functions.flatMap(({ role, live, versions }) => [
      role,
      ...versions.map(
        ({ number, publishedAt }) =>
          `  ${String(number).padStart(4)}  ${publishedAt.toISOString()}${number === live ? '  live' : ''}`,
      ),
    ]);
  }
  if ('forgotten' in result) {
    return result.forgotten.map(({ role, versions }) =>
      versions.length === 0 ? `${role}: nothing to remove` : `${role}: removed version ${versions.join(', ')}`,
    );
  }
  return [
    ...result.turns.map(({ role, from, to }) => `${role}: version ${from} → ${to}, for all traffic, now`),
    'CloudFormation still has the versions from before. Deploy next, once the cause is mended, with',
    `→ npm run deploy -- --env ${environment} --all-at-once`,
    'and to go forward again without a deployment:',
    ...result.turns.map(
      ({ role, from }) => `→ npm run rollback -- --env ${environment} --function ${role} --to ${from}`,
    ),
  ];
}
