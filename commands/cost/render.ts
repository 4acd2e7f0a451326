import type { Bill, HeldBill } from './bill.ts';
import type { Deployment } from './deployment.ts';
import { priceRegion, prices, pricesCheckedOn, type Tier } from './prices.ts';
import { plural } from '../kit/plural.ts';
import { markdownTable } from '../kit/table.ts';
import { secondsPerMonth } from './traffic.ts';
import type { Workload } from './workload.ts';

/** Everything that is said about one volume. */
export interface Estimate {
  readonly environment: string;
  readonly workload: Workload;
  readonly deployment: Deployment;
  readonly bill: Bill;
  /** The same events with a message and a call to Meta for each. */
  readonly oneByOne: Bill;
}

/** Everything that is said about events that wait. */
export interface HeldEstimate {
  readonly environment: string;
  readonly heldEvents: number;
  readonly bill: HeldBill;
}

export const volumes = [1e6, 100e6, 10e9] as const;

export function textOf(estimate: Estimate): string {
  const { environment, workload, bill, oneByOne } = estimate;
  const millions = workload.eventsPerMonth / 1e6;
  const rows = bill.lines.map(({ title, price, units, usd }) => [
    title,
    `${count(units)} × ${prices[price].unit}`,
    dollars(usd),
    perMillion(usd / millions),
  ]);
  const wide = Math.max(...rows.map(([, units = '']) => units.length));
  const line = ([title = '', units = '', month = '', million = '']: readonly string[]): string =>
    `${title.padEnd(34)}${units.padStart(wide)}  ${month.padStart(12)}  ${million.padStart(12)}`;
  return [
    `${count(workload.eventsPerMonth)} events a month, ${workload.eventsPerRequest} a request, ${workload.eventBytes} bytes each, to ${plural(workload.destinations, 'destination')};`,
    `settings of ${environment}, AWS list prices of ${priceRegion} as of ${pricesCheckedOn}, no free tier.`,
    '',
    line(['', 'units a month', 'USD a month', 'per million']),
    ...rows.map(line),
    line(['together', '', dollars(bill.usd), perMillion(bill.usdPerMillion)]),
    '',
    `A message and a call to Meta for every event: ${dollars(oneByOne.usd)} USD a month, ${perMillion(oneByOne.usdPerMillion)} per million.`,
    ...warningsOf(estimate),
  ].join('\n');
}

/** Text about the cost of waiting. */
export function heldTextOf({ heldEvents, bill: { lines, usd } }: HeldEstimate): string {
  const rows = lines.map(({ title, price, units, usd: each }) => [
    title,
    `${count(units)} × ${prices[price].unit}`,
    dollars(each),
  ]);
  const wide = Math.max(...rows.map(([, units = '']) => units.length));
  const line = ([title = '', units = '', day = '']: readonly string[]): string =>
    `${title.padEnd(34)}${units.padStart(wide)}  ${day.padStart(12)}`;
  return [
    `${count(heldEvents)} events that wait for a destination that is held, on the first day: compressed, they come by every 15 minutes, unread, and are put back;`,
    `AWS list prices of ${priceRegion} as of ${pricesCheckedOn}, no free tier.`,
    '',
    line(['', 'units a day', 'USD a day']),
    ...rows.map(line),
    line(['together', '', dollars(usd)]),
  ].join('\n');
}

/** The prices themselves, as a Markdown table. */
export function priceTable(): string {
  const rows = Object.values(prices).map(({ unit, tiers, source }) => [unit, tiers.map(tierText).join('; '), source]);
  return markdownTable(['unit', 'USD', 'source'], rows);
}

const tierText = ({ upTo, usd }: Tier): string =>
  Number.isFinite(upTo) ? `${priceText(usd)} up to ${count(upTo)}` : priceText(usd);

/** Prices of one among millions are said of a million. */
const priceText = (usd: number): string =>
  usd > 0 && usd < 0.00001 ? `${Number((usd * 1e6).toPrecision(6))} a million` : String(Number(usd.toPrecision(6)));

/** Where the environment's limits are below what the traffic needs on average. */
function warningsOf({ environment, deployment, bill: { traffic } }: Estimate): string[] {
  const perSecond = traffic.requests / secondsPerMonth;
  return [
    ...(perSecond > deployment.ratePerSecond
      ? [
          `Warning: ${Math.ceil(perSecond)} requests a second on average, and ${environment} lets ${deployment.ratePerSecond} through: raise throttle in config/environments.ts.`,
        ]
      : []),
    ...(traffic.deliverConcurrency > deployment.deliver.maxConcurrency
      ? [
          `Warning: ${Math.ceil(traffic.deliverConcurrency)} deliveries at a time on average, and ${environment} runs ${deployment.deliver.maxConcurrency}: raise deliver.maxConcurrency in config/environments.ts.`,
        ]
      : []),
  ];
}

/** Volumes side by side, as a Markdown table in US dollars a month. */
export function tableOf(estimates: readonly Estimate[]): string {
  const [first] = estimates;
  const titles = first?.bill.lines.map(({ title }) => title) ?? [];
  const rows = [
    ...titles.map((title, index) => [title, ...estimates.map(({ bill }) => dollars(bill.lines[index]?.usd ?? 0))]),
    ['**together**', ...estimates.map(({ bill }) => `**${dollars(bill.usd)}**`)],
    ['**per million events**', ...estimates.map(({ bill }) => `**${perMillion(bill.usdPerMillion)}**`)],
    ['one by one, per million', ...estimates.map(({ oneByOne }) => perMillion(oneByOne.usdPerMillion))],
  ];
  const header = ['events a month', ...estimates.map(({ workload }) => count(workload.eventsPerMonth))];
  return markdownTable(header, rows, (column) => (column === 0 ? 'left' : 'right'));
}

const count = (units: number): string => units.toLocaleString('en-US', { maximumFractionDigits: units < 100 ? 2 : 0 });
const fixed = (digits: number) => (usd: number) =>
  usd.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const dollars = fixed(2);
const perMillion = fixed(3);
