import { concurrencyLimit } from '../lib/concurrency.ts';
import { type Batch, Batcher } from './batch.ts';
import { type Failure, type Outcome, type OwedEvent, wait } from './outcome.ts';
import { type SendEffects, type SendTally, sendBatch } from './send-batch.ts';

/** Batches of one destination under way at once. */
const parallelBatches = 8;

/** Of these, batches of events that failed together: they may take as long as a request can. */
const parallelSuspects = 4;

type Limit = ReturnType<typeof concurrencyLimit>;

/** Requests of one destination that are under way in this invocation. */
interface Lane {
  readonly limit: Limit;
  readonly suspects: Limit;
  /** The destination asked for a pause: another request would be refused as well. */
  throttled: Failure | undefined;
}

/**
 * Sends each batch as soon as it is full, while others are still being filled. Destinations go side by side, so that one
 * that does not answer delays no other; a few batches of each at a time.
 */
export class BatchSender {
  private readonly batcher: Batcher;
  private readonly lanes = new Map<string, Lane>();
  private sending: Promise<readonly Outcome[]>[] = [];
  private readonly effects: SendEffects;
  private readonly tally: SendTally;
  private readonly onOutcomes: (outcomes: readonly Outcome[]) => void;

  /** @param onOutcomes called for every batch as soon as it is answered */
  constructor(effects: SendEffects, now: Date, tally: SendTally, onOutcomes: (outcomes: readonly Outcome[]) => void) {
    this.batcher = new Batcher(effects.health, now);
    this.effects = effects;
    this.tally = tally;
    this.onOutcomes = onOutcomes;
  }

  /** @param json the event as it goes over the wire */
  add(event: OwedEvent, json: string): void {
    const full = this.batcher.add(event, json);
    if (full !== undefined) this.start(full);
  }

  /** Sends what is left. @returns the outcomes that are not `delivered`, in the order of the batches */
  async finish(): Promise<readonly Exclude<Outcome, { status: 'delivered' }>[]> {
    for (const batch of this.batcher.rest()) this.start(batch);
    const { sending } = this;
    this.sending = [];
    const left = await Promise.all(sending);
    return left.flat().filter((outcome) => outcome.status !== 'delivered');
  }

  private start(batch: Batch): void {
    const lane = this.laneOf(batch.destination.name);
    const isSuspect = batch.events[0]?.retry?.largestRequest !== undefined;
    const limit = isSuspect ? lane.suspects : lane.limit;
    const sending = limit(() => this.send(batch, lane));
    // `finish` is where a failure comes out; until then it must not count as unhandled.
    sending.catch(() => {});
    this.sending.push(sending);
  }

  private async send(batch: Batch, lane: Lane): Promise<readonly Outcome[]> {
    const outcomes =
      lane.throttled === undefined
        ? await sendBatch(batch, this.effects, this.tally)
        : wait(batch.events, lane.throttled);
    this.onOutcomes(outcomes);
    // What is delivered is let go, so that an invocation holds no more than is under way.
    const left = outcomes.filter(({ status }) => status !== 'delivered');
    if (left.length === 0) batch.body.release();
    const throttled = left.find((outcome) => outcome.status === 'waiting' && outcome.failure.action === 'throttle');
    if (throttled?.status === 'waiting') lane.throttled ??= throttled.failure;
    return left;
  }

  private laneOf(destination: string): Lane {
    let lane = this.lanes.get(destination);
    if (lane === undefined) {
      lane = {
        limit: concurrencyLimit(parallelBatches),
        suspects: concurrencyLimit(parallelSuspects),
        throttled: undefined,
      };
      this.lanes.set(destination, lane);
    }
    return lane;
  }
}
