import type { Refusal } from '../meta/graph/graph-error.ts';
import { type Batch, Batcher, type OwedEvent } from './batch.ts';
import { concurrencyLimit } from '../lib/concurrency.ts';
import type { Destination } from './destination.ts';
import { type Outcome, type SendEffects, type SendTally, sendBatch, wait } from './send-batch.ts';

/** Batches of one destination under way at once. */
const parallelBatches = 8;

/** What one destination has under way in this invocation. */
interface Lane {
  readonly limit: ReturnType<typeof concurrencyLimit>;
  /** Meta asked for a pause: another request would be refused as well. */
  throttled: Refusal | undefined;
}

/**
 * Sends each batch as soon as it is full, while others are still being filled. Destinations go side by side, so that one
 * that does not answer delays no other; a few batches of each at a time.
 */
export class BatchSender {
  private readonly batcher = new Batcher();
  private readonly lanes = new Map<Destination, Lane>();
  private readonly sending: Promise<readonly Outcome[]>[] = [];
  private readonly effects: SendEffects;
  private readonly tally: SendTally;
  private readonly onOutcomes: (outcomes: readonly Outcome[]) => void;

  /** @param onOutcomes told of every batch as soon as it is answered */
  constructor(effects: SendEffects, tally: SendTally, onOutcomes: (outcomes: readonly Outcome[]) => void) {
    this.effects = effects;
    this.tally = tally;
    this.onOutcomes = onOutcomes;
  }

  /** @param json the server event */
  add(event: OwedEvent, json: string): void {
    const full = this.batcher.add(event, json);
    if (full !== undefined) this.start(full);
  }

  /** Sends what is left. @returns the outcomes that are not `delivered`, in the order of the batches */
  async finish(): Promise<readonly Exclude<Outcome, { status: 'delivered' }>[]> {
    for (const batch of this.batcher.rest()) this.start(batch);
    const left = await Promise.all(this.sending);
    return left.flat().filter((outcome) => outcome.status !== 'delivered');
  }

  private start(batch: Batch): void {
    const lane = this.laneOf(batch.destination);
    const sending = lane.limit(() => this.send(batch, lane));
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
    const throttled = left.find((outcome) => outcome.status === 'waiting' && outcome.refusal.remedy === 'throttle');
    if (throttled?.status === 'waiting') lane.throttled ??= throttled.refusal;
    return left;
  }

  private laneOf(destination: Destination): Lane {
    let lane = this.lanes.get(destination);
    if (lane === undefined) {
      lane = { limit: concurrencyLimit(parallelBatches), throttled: undefined };
      this.lanes.set(destination, lane);
    }
    return lane;
  }
}
