import type { Account } from './ledger.ts';
import type { ScenarioResult } from './run-scenario.ts';

const mostNamed = 20;

const isBalanced = ({ ledger: { discrepancies, accounts } }: ScenarioResult): boolean =>
  discrepancies.length === 0 && accounts.every(({ balance }) => balance === 0);

/** Whether every event is accounted for, and all that was expected came true. */
export const isAsExpected = (result: ScenarioResult): boolean => isBalanced(result) && result.unmet.length === 0;

/** The ledger as it is printed. */
export function describeResult(title: string, result: ScenarioResult): string {
  const { ledger, faults, graphRequests, measured, unmet, seconds } = result;
  const { discrepancies } = ledger;
  const lines = [
    `${title} (${seconds.toFixed(1)} s)`,
    ...ledger.accounts.flatMap(describeAccount),
    row('rejected', ledger.rejected, 'at the door, kept as dead letters'),
    row('Graph requests', graphRequests),
    `  faults: ${[...faults].map(([name, count]) => `${name} ${count}`).join(', ') || 'none'}`,
    ...measured.map((text) => `  ${text}`),
    ...unmet.map((text) => `  NOT MET: ${text}`),
    ...discrepancies
      .slice(0, mostNamed)
      .map(({ destination, id, problem }) => `  OFF: ${destination} ${id} ${problem}`),
    ...(discrepancies.length > mostNamed ? [`  OFF: and ${discrepancies.length - mostNamed} more`] : []),
    verdict(result),
  ];
  return lines.join('\n');
}

function verdict(result: ScenarioResult): string {
  if (!isBalanced(result)) return `NOT BALANCED: off by ${result.ledger.discrepancies.length}`;
  return isAsExpected(result) ? 'BALANCED' : 'BALANCED, but not as expected';
}

const row = (name: string, count: number, remark = ''): string =>
  `  ${name.padEnd(18)}${String(count).padStart(9)}  ${remark}`.trimEnd();

function describeAccount(account: Account): string[] {
  const dead = Object.entries(account.dead).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `destination ${account.destination}`,
    row('accepted', account.accepted),
    row('delivered once', account.deliveredOnce),
    row('delivered again', account.deliveredAgain, again(account)),
    row('skipped', account.skipped),
    ...(dead.length === 0 ? [row('dead', 0)] : dead.map(([code, count]) => row('dead', count, code))),
    row('waiting', account.waiting),
    row('balance', account.balance),
  ];
}

const again = ({ extraArrivals }: Account): string =>
  extraArrivals === 0 ? '' : `${extraArrivals} extra arrivals, deduplicated by event id`;
