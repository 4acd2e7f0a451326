import { metaLimits } from '../../shared/meta/limits.ts';
import { isObject } from '../../shared/segment/event.ts';
import { parseTime } from '../../shared/segment/timestamps.ts';
import { plural } from '../kit/plural.ts';
import type { Letter } from './letter.ts';
import type { IsShopSale } from './shop-sales.ts';

interface Risk {
  readonly code:
    | 'outside_deduplication'
    | 'outside_shop_deduplication'
    | 'shop_sale_without_order'
    | 'outside_age_window';
  readonly applies: (letter: Letter, now: Date, isShopSale: boolean) => boolean;
  readonly message: (events: string) => string;
}

const ageMs = ({ firstFailedAt }: Letter, now: Date): number => now.getTime() - firstFailedAt.getTime();

const risks: readonly Risk[] = [
  {
    code: 'outside_deduplication',
    applies: (letter, now, isShopSale) => !isShopSale && ageMs(letter, now) > metaLimits.deduplicationMs,
    message: (events) =>
      `${events} failed first more than 48 hours ago: if Meta got a copy then, from here or from a browser, it counts the event twice.`,
  },
  {
    code: 'outside_shop_deduplication',
    applies: (letter, now, isShopSale) => isShopSale && ageMs(letter, now) > metaLimits.shopDeduplicationMs,
    message: (events) =>
      `${events} of shops failed first more than 7 days ago: if Meta got a copy then, it counts the sale twice.`,
  },
  {
    code: 'shop_sale_without_order',
    applies: ({ event }, _, isShopSale) => isShopSale && !namesOrder(event),
    message: (events) =>
      `${events} of shops have neither order_id nor item_number: an event id does not tell shop sales apart, so a copy that Meta got may count twice.`,
  },
  {
    code: 'outside_age_window',
    applies: (letter, now, isShopSale) => {
      const happened = happenedAt(letter.event) ?? letter.firstFailedAt;
      const most = isShopSale ? metaLimits.physicalStoreEventAgeMs : metaLimits.eventAgeMs;
      return now.getTime() - happened.getTime() > most;
    },
    message: (events) => `${events} happened more than 7 days ago (62 in shops): Meta takes nothing that old.`,
  },
];

const happenedAt = (event: unknown): Date | undefined =>
  isObject(event) ? parseTime(event['timestamp'] ?? event['originalTimestamp']) : undefined;

function namesOrder(event: unknown): boolean {
  const properties = isObject(event) && isObject(event['properties']) ? event['properties'] : {};
  return [properties['order_id'], properties['item_number']].some((id) => id !== undefined && id !== null && id !== '');
}

export interface Warning {
  readonly code: Risk['code'];
  readonly events: number;
  readonly message: string;
}

/**
 * Warnings of what Meta makes of letters that are redriven this late.
 *
 * @param isShopSale by the configuration; where it is not known, no letter is taken for a sale in a shop
 */
export const warningsOf = (letters: readonly Letter[], now: Date, isShopSale: IsShopSale = () => false): Warning[] =>
  risks.flatMap(({ code, applies, message }) => {
    const events = letters.filter((letter) => applies(letter, now, isShopSale(letter))).length;
    return events === 0 ? [] : [{ code, events, message: message(plural(events, 'event')) }];
  });
