/** Where nothing else is known of a destination, a request that was too large is not cut to less than this at once. */
const smallestGuess = 250;

const shrinkBy = 4;

/** Most events of the next request after one of `events` was not worked through in time. */
export const smallerRequest = (events: number, isProven: boolean): number =>
  Math.max(isProven ? 1 : Math.min(smallestGuess, events), Math.ceil(events / shrinkBy));

/**
 * Size of a destination's requests within one container: smaller after one that was too large for the destination, and
 * twice as large again after each that was taken.
 */
export class RequestSizes {
  private readonly largest = new Map<string, number>();

  /** Most events of a request; undefined is as many as the destination takes. */
  of(destination: string): number | undefined {
    return this.largest.get(destination);
  }

  tooLarge(destination: string, events: number): void {
    const size = smallerRequest(events, false);
    if (size < events) this.largest.set(destination, Math.min(size, this.largest.get(destination) ?? size));
  }

  taken(destination: string, events: number, eventsPerRequest: number): void {
    const size = this.largest.get(destination);
    if (size === undefined || events < size / 2) return;
    if (size * 2 >= eventsPerRequest) this.largest.delete(destination);
    else this.largest.set(destination, size * 2);
  }
}
