import * as z from 'zod';
import { errorAliases, errorName, graphErrors } from './graph-errors.ts';
import type { Usage } from './rate-limit.ts';
import type { StandInError } from './stand-in-error.ts';

/** How a request goes wrong, as its sender sees it. */
export type Fault =
  | { readonly kind: 'error'; readonly error: StandInError }
  | { readonly kind: 'text'; readonly status: number; readonly contentType: string; readonly body: string }
  /** The connection is reset before, or in the middle of, the answer. */
  | { readonly kind: 'reset' | 'half' }
  /** No answer ever comes. */
  | { readonly kind: 'silence' };

const page = '<!doctype html><title>Sorry, something went wrong</title>';
const text = (status: number, contentType: string, body: string): Fault => ({
  kind: 'text',
  status,
  contentType,
  body,
});

/** Faults of proxies and networks, which no Graph error says. */
const otherFaults = {
  gateway_page: text(502, 'text/html', page),
  html_page: text(200, 'text/html', page),
  server_error: text(500, 'text/plain', 'Internal Server Error'),
  too_many_requests: text(429, 'text/plain', 'Too Many Requests'),
  broken_json: text(200, 'application/json', '{"events_received": 1, "mess'),
  empty: text(200, 'application/json', ''),
  reset: { kind: 'reset' },
  half_answer: { kind: 'half' },
  timeout: { kind: 'silence' },
} as const satisfies Readonly<Record<string, Fault>>;

/** Every name that `fault` may have. */
export const faultNames: readonly string[] = [
  ...Object.keys(errorAliases),
  ...Object.keys(otherFaults),
  ...graphErrors.keys(),
];

/** @throws Error for a name that is none of `faultNames` */
export function faultNamed(name: string): Fault {
  if (Object.hasOwn(otherFaults, name)) return otherFaults[name as keyof typeof otherFaults];
  const known = Object.hasOwn(errorAliases, name) ? errorAliases[name as keyof typeof errorAliases] : name;
  const error = graphErrors.get(known);
  if (error === undefined) throw new Error(`There is no fault ${name}.`);
  return { kind: 'error', error };
}

const shortNames = [...Object.keys(errorAliases), ...Object.keys(otherFaults)].join(', ');

/** Options of a fault: what goes wrong, for whom, and how often. */
export const FaultOptions = z
  .strictObject({
    /** A name of `faultNames`. */
    fault: z
      .string()
      .refine((name) => faultNames.includes(name), {
        error: `must be one of ${shortNames}, or graph_<code>_<subcode> of docs/graph-stand-in.md`,
      })
      .optional(),
    /** An error of one's own; what is left out comes from the table of known ones. */
    error: z
      .strictObject({
        code: z.int(),
        subcode: z.int().optional(),
        status: z.int().min(400).max(599).optional(),
        message: z.string().optional(),
        transient: z.boolean().optional(),
      })
      .optional(),
    /** Before the answer, also without a fault. */
    latencyMs: z.int().min(0).max(600_000).optional(),
    /** Figures of the usage headers; throttling begins at 100 per cent. */
    usage: z.strictObject({ percent: z.int().min(0).max(1_000), regainMinutes: z.int().min(0).optional() }).optional(),
    /** The header `Retry-After` of the answer. */
    retryAfterSeconds: z.int().min(0).optional(),
    /** How many requests it hits before it is over; without end if left out. */
    times: z.int().min(1).optional(),
    /** Of the requests, by chance. */
    share: z.number().gt(0).max(1).optional(),
    /** Requests for other datasets go through. */
    datasetId: z.string().regex(/^\d+$/, 'must be digits').optional(),
    on: z.enum(['events', 'reads', 'all']).optional(),
    /** True: the events are stored, and only the answer goes wrong. */
    afterStoring: z.boolean().optional(),
  })
  .refine(({ fault, error, latencyMs, usage }) => [fault, error, latencyMs, usage].some((each) => each !== undefined), {
    error: 'needs fault, error, latencyMs or usage',
  })
  .refine(({ fault, error }) => fault === undefined || error === undefined, { error: 'has both fault and error' });
export type FaultOptions = z.infer<typeof FaultOptions>;

/** Effects of the active faults on one request. */
export interface Hit {
  readonly latencyMs: number;
  readonly name?: string;
  readonly fault?: Fault;
  readonly afterStoring: boolean;
  readonly usage?: Usage;
  readonly retryAfterSeconds?: number;
}

interface Active {
  readonly options: FaultOptions;
  left: number;
}

/** The faults that are on now. They are tried in the order in which they came. */
export class Faults {
  private active: Active[] = [];
  private readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  /** @throws ZodError naming what is wrong */
  add(options: FaultOptions): void {
    this.active.push({ options: FaultOptions.parse(options), left: options.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.active = [];
  }

  list(): readonly FaultOptions[] {
    return this.active.map(({ options, left }) => (Number.isFinite(left) ? { ...options, times: left } : options));
  }

  /** Delays add up; of the faults that apply, the first one hits. */
  next(datasetId: string | undefined, kind: 'events' | 'reads'): Hit {
    let hit: Hit = { latencyMs: 0, afterStoring: false };
    for (const each of this.active) {
      const { fault, error, latencyMs = 0, usage, share = 1, on = 'all', afterStoring = false } = each.options;
      const isFault = fault !== undefined || error !== undefined;
      if (isFault && hit.fault !== undefined) continue;
      if (on !== 'all' && on !== kind) continue;
      if (each.options.datasetId !== undefined && each.options.datasetId !== datasetId) continue;
      if (share < 1 && this.random() >= share) continue;
      each.left -= 1;
      hit = { ...hit, latencyMs: hit.latencyMs + latencyMs };
      if (usage !== undefined)
        hit = { ...hit, usage: { percent: usage.percent, regainMinutes: usage.regainMinutes ?? 0 } };
      if (isFault && each.options.retryAfterSeconds !== undefined) {
        hit = { ...hit, retryAfterSeconds: each.options.retryAfterSeconds };
      }
      if (fault !== undefined) hit = { ...hit, name: fault, fault: faultNamed(fault), afterStoring };
      if (error !== undefined) hit = { ...hit, name: errorName(plain(error)), fault: ownError(error), afterStoring };
    }
    this.active = this.active.filter(({ left }) => left > 0);
    return hit;
  }
}

type OwnError = NonNullable<FaultOptions['error']>;

const plain = ({ code, subcode }: OwnError): Pick<StandInError, 'code' | 'subcode'> => ({
  code,
  ...(subcode !== undefined && { subcode }),
});

function ownError(own: OwnError): Fault {
  const known = graphErrors.get(errorName(plain(own)));
  const message = own.message ?? known?.message ?? 'An error was asked for';
  const error: StandInError = {
    status: own.status ?? known?.status ?? 400,
    ...plain(own),
    message,
    means: known?.means ?? message,
    ...(known?.type && { type: known.type }),
    ...((own.transient ?? known?.transient) && { transient: true }),
  };
  return { kind: 'error', error };
}
