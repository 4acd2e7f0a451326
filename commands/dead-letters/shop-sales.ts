import type { Config } from '../../shared/config/config.ts';
import type { Letter } from './letter.ts';

/** Whether a letter's mapping sends sales of shops, which Meta tells apart by rules of their own. */
export type IsShopSale = (letter: Pick<Letter, 'destination' | 'mapping'>) => boolean;

export const shopSalesOf =
  ({ destinations }: Pick<Config, 'destinations'>): IsShopSale =>
  ({ destination = '', mapping }) => {
    const mappings = Object.hasOwn(destinations, destination) ? destinations[destination]?.mappings : undefined;
    const found = mappings?.find(({ name }) => name === mapping);
    return found?.fields['action_source'] === 'physical_store';
  };
