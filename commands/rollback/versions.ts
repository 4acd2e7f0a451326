import type { FunctionRole } from '../../shared/config/function-descriptions.ts';

/** A published version of a function, which no deployment changes any more. */
export interface Version {
  readonly number: number;
  readonly publishedAt: Date;
}

/** One function of a deployment as Lambda has it. */
export interface DeployedFunction {
  readonly role: FunctionRole;
  readonly name: string;
  /** The version that the alias `live` points to. */
  readonly live: number;
  /** Whether CodeDeploy is moving traffic between two versions right now. */
  readonly shifting: boolean;
  /** Oldest first. */
  readonly versions: readonly Version[];
}

export interface Turn {
  readonly role: FunctionRole;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Reason why nothing is turned back, and what to do instead. */
export interface Obstacle {
  readonly reason: string;
  readonly fix: string;
}

/** Versions of one deployment are published within minutes of each other; canaries of theirs come later. */
const oneDeploymentMs = 30 * 60_000;

/**
 * Which functions go back to which version. Without a wish: those that the last deployment changed, each to the version
 * before.
 */
export function planRollback(
  functions: readonly DeployedFunction[],
  wish: { readonly role?: FunctionRole | undefined; readonly to?: number | undefined } = {},
): { readonly turns: readonly Turn[] } | Obstacle {
  const asked = functions.filter(({ role }) => wish.role === undefined || role === wish.role);
  const shifting = asked.find((each) => each.shifting);
  if (shifting !== undefined) {
    return {
      reason: `A deployment is moving the traffic of ${shifting.role} right now.`,
      fix: 'It goes back by itself when an alarm rings, or at once with `aws deploy stop-deployment --auto-rollback-enabled --deployment-id <id>`; `aws deploy list-deployments --include-only-statuses InProgress` has the id.',
    };
  }
  if (wish.to !== undefined) {
    return wish.role === undefined
      ? { reason: '--to is a version of one function.', fix: 'Say which one: --function ingest or --function deliver.' }
      : turnTo(asked[0], wish.to);
  }
  const published = (each: DeployedFunction): number =>
    each.versions.find(({ number }) => number === each.live)?.publishedAt.getTime() ?? 0;
  const newest = Math.max(...functions.map(published));
  const changed = wish.role === undefined ? asked.filter((each) => newest - published(each) < oneDeploymentMs) : asked;
  const turns = changed.flatMap((each) => {
    const before = each.versions.findLast(({ number }) => number < each.live);
    return before === undefined ? [] : [turnOf(each, before.number)];
  });
  return turns.length > 0
    ? { turns }
    : {
        reason: 'No earlier version is kept.',
        fix: 'Deploy the commit before, without a canary: `git checkout <commit> && npm ci && npm run deploy -- --env <environment> --all-at-once`.',
      };
}

function turnTo(fn: DeployedFunction | undefined, to: number): { readonly turns: readonly Turn[] } | Obstacle {
  if (fn?.versions.some(({ number }) => number === to)) return { turns: [turnOf(fn, to)] };
  return { reason: `There is no version ${to}.`, fix: '--list has those that are kept.' };
}

const turnOf = ({ role, name, live }: DeployedFunction, to: number): Turn => ({ role, name, from: live, to });

/** Versions beyond the newest few that nothing points to. */
export const versionsToForget = ({ versions, live }: DeployedFunction, keep: number): readonly number[] =>
  versions
    .slice(0, -keep)
    .map(({ number }) => number)
    .filter((number) => number !== live);
