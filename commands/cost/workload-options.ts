import { segmentLimits } from '../../shared/segment/limits.ts';
import { numberFrom, text } from '../kit/option.ts';
import { UsageError } from '../kit/usage-error.ts';
import { defaultWorkload, type Workload } from './workload.ts';

const workload = (least: number, most: number, help: string, value: string) =>
  text('<n>', `${help}; ${value} if left out`, numberFrom(least, most).optional());

const { bodyBytes, eventBytes, eventsPerBatch } = segmentLimits;
const byDefault = (key: keyof typeof defaultWorkload): string => String(defaultWorkload[key]);

/** Options that describe a workload, number by number. */
export const workloadOptions = {
  eventsPerRequest: workload(1, eventsPerBatch, 'events that a client sends at once', byDefault('eventsPerRequest')),
  eventBytes: workload(100, eventBytes, 'JSON of an event', byDefault('eventBytes')),
  serverEventBytes: workload(100, eventBytes, 'JSON of the server event that Meta gets', byDefault('serverEventBytes')),
  destinations: workload(1, 100, 'destinations that get each event', 'the most that a source has'),
  ingestEventMs: workload(0, 1_000, 'work for an event in ingest, ms of one vCPU', byDefault('ingestEventMs')),
  ingestRequestMs: workload(0, 10_000, 'work for a request in ingest', byDefault('ingestRequestMs')),
  deliverEventMs: workload(0, 1_000, 'work for an event in deliver', byDefault('deliverEventMs')),
  deliverInvocationMs: workload(0, 10_000, 'work for an invocation of deliver', byDefault('deliverInvocationMs')),
  sqsCallMs: workload(0, 10_000, 'wait for SQS', byDefault('sqsCallMs')),
  graphCallMs: workload(0, 60_000, "wait for Meta's answer", byDefault('graphCallMs')),
  retriedShare: workload(0, 1, 'share of the events that are put back once', byDefault('retriedShare')),
  rejectedShare: workload(0, 1, 'share of the events that ingest refuses', byDefault('rejectedShare')),
} satisfies Readonly<Record<keyof typeof defaultWorkload, unknown>>;

type Given = { readonly [Key in keyof typeof defaultWorkload]: number | undefined };

/** Only what was said; the rest has defaults. @throws UsageError for requests larger than a request can be */
export function givenWorkload(values: Given): Partial<Workload> {
  const given = Object.entries(values).filter(([key, value]) => key in workloadOptions && value !== undefined);
  const workload: Partial<Workload> = Object.fromEntries(given);
  const { eventsPerRequest: events, eventBytes: each } = { ...defaultWorkload, ...workload };
  if (events * each <= bodyBytes) return workload;
  throw new UsageError(
    `${events} events of ${each} bytes make ${events * each} bytes, and a request holds ${bodyBytes}; lower --events-per-request`,
  );
}
