import { segmentLimits } from '../segment/limits.ts';

/** Result of a `FirstOfMany`. */
export type Counted<Item extends { readonly code: string }> = Pick<FirstOfMany<Item>, 'first' | 'count' | 'moreByCode'>;

/** The first of many things with a code, in full, and of the rest how many there were of each code. */
export class FirstOfMany<Item extends { readonly code: string }> {
  readonly first: Item[] = [];
  readonly more = new Map<string, number>();
  count = 0;

  add(item: Item): void {
    this.count++;
    if (this.first.length < segmentLimits.listedInFull) this.first.push(item);
    else this.more.set(item.code, (this.more.get(item.code) ?? 0) + 1);
  }

  /** How many there were of each code; undefined when all are told in full. */
  get moreByCode(): Readonly<Record<string, number>> | undefined {
    return this.more.size === 0 ? undefined : Object.fromEntries(this.more);
  }
}
