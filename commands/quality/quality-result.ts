import type { CountChange } from '../../shared/alarms/count-changes.ts';
import type { BestKey } from './best-key.ts';
import type { EventQuality } from './event-quality.ts';

/** Share of the delivered events of one name with each match key, 0 to 1, by our own receipts. */
export interface OwnCoverage {
  readonly event: string;
  readonly delivered: number;
  readonly matchKeys: Readonly<Record<string, number>>;
}

export interface Quality {
  readonly destination: string;
  readonly datasetId: string;
  readonly kind: 'web' | 'offline';
  readonly own: readonly OwnCoverage[];
  /** Event names that came less or more often in the last three closed hours than they do at this weekday and time. */
  readonly changes: readonly CountChange[];
  /** Why there is none of our own. */
  readonly ownProblem?: Problem;
  readonly meta: readonly (EventQuality & { readonly best?: BestKey })[];
  /** Why Meta's are not there: a token that may not read them is no failure. */
  readonly metaProblem?: Problem;
}

/** Something that is not well, and what to do next. */
interface Problem {
  readonly reason: string;
  readonly fix: string;
}
