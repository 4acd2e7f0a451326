import * as z from 'zod/mini';
import { jsonOrNothing } from '../../lib/json/json-or-nothing.ts';
import { lazy } from '../../lib/lazy.ts';
import { ifReadable } from './if-readable.ts';

/** State of Meta's rate limits, from the headers of an answer. */
export interface Usage {
  /** The fullest of all the budgets that are reported, in per cent; throttling begins at 100. */
  readonly percent: number;
  /** Meta's estimate of when a budget is free again. */
  readonly regainSeconds: number;
}

type Budget = Partial<
  Record<
    'call_count' | 'total_cputime' | 'total_time' | 'acc_id_util_pct' | 'estimated_time_to_regain_access',
    number | undefined
  >
>;

const budgetsSchema = lazy(() => {
  const percentage = ifReadable(z.number());
  const Budget = z.object({
    call_count: percentage,
    total_cputime: percentage,
    total_time: percentage,
    acc_id_util_pct: percentage,
    estimated_time_to_regain_access: percentage,
  });
  return z.union([
    z.record(z.string(), z.array(Budget)),
    z.pipe(
      Budget,
      z.transform((budget: z.infer<typeof Budget>) => ({ own: [budget] })),
    ),
  ]);
});

const names = ['x-business-use-case-usage', 'x-app-usage', 'x-ad-account-usage'];

/** Reads every usage header there is; zeros when there is none, or none that can be read. */
export function readUsage(headers: Pick<Headers, 'get'>): Usage {
  const budgets = names.flatMap((name) => budgetsOf(headers.get(name)));
  const { max } = Math;
  return {
    percent: max(
      0,
      ...budgets.flatMap((budget) =>
        [budget.call_count, budget.total_cputime, budget.total_time, budget.acc_id_util_pct].map((value) => value ?? 0),
      ),
    ),
    regainSeconds: max(0, ...budgets.map((budget) => budget.estimated_time_to_regain_access ?? 0)) * 60,
  };
}

function budgetsOf(text: string | null): Budget[] {
  if (text === null) return [];
  const parsed = budgetsSchema().safeParse(jsonOrNothing(text));
  return parsed.success ? Object.values(parsed.data).flat() : [];
}
