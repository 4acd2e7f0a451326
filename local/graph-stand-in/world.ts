export interface Business {
  readonly id: string;
  readonly name: string;
}

export interface Dataset {
  readonly id: string;
  readonly name: string;
  readonly businessId: string;
  /** `client`: another business owns it and shares it. @defaultValue owned */
  readonly relation?: 'owned' | 'client';
  readonly lastFiredAt?: Date;
  readonly isUnavailable?: boolean;
}

/** Businesses and datasets that there are to reach. */
export interface World {
  readonly businesses: readonly Business[];
  readonly datasets: readonly Dataset[];
  /** True: a dataset that is not listed does not exist. False: events may be sent to every numeric id. */
  readonly closed: boolean;
}

/** Facts of an accepted token, and what it may do. */
export interface TokenFacts {
  readonly type: 'SYSTEM_USER' | 'USER' | 'PAGE' | 'APP';
  readonly appId: string;
  readonly application: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Datasets that are assigned to it; all of them if left out. */
  readonly datasetIds?: readonly string[];
  readonly issuedAt?: Date;
  /** Never if left out. */
  readonly expiresAt?: Date;
  readonly dataAccessExpiresAt?: Date;
}

const business: Business = { id: '100000000000001', name: 'Example Business' };

export const defaultWorld: World = {
  businesses: [business],
  datasets: [
    { id: '1234567890123456', name: 'Example shop', businessId: business.id },
    { id: '6543210987654321', name: 'Example outlet', businessId: business.id, relation: 'client' },
  ],
  closed: false,
};

export const defaultToken: TokenFacts = {
  type: 'SYSTEM_USER',
  appId: '200000000000002',
  application: 'Example App',
  userId: '300000000000003',
  name: 'Conversions API System User',
  scopes: ['ads_management', 'ads_read', 'business_management'],
  issuedAt: new Date('2026-01-15T09:00:00Z'),
};

/** A world in which the first business owns these datasets, and nothing else is to be seen. */
export function worldOf(datasets: readonly { readonly id: string; readonly name?: string }[]): Pick<World, 'datasets'> {
  return { datasets: datasets.map(({ id, name = `Dataset ${id}` }) => ({ id, name, businessId: business.id })) };
}

const mayReach = ({ datasetIds }: TokenFacts, id: string): boolean => datasetIds?.includes(id) ?? true;

/** The listed datasets that a token reaches. */
export const datasetsOf = (world: World, facts: TokenFacts): readonly Dataset[] =>
  world.datasets.filter(({ id }) => mayReach(facts, id));

/** Whether a token may send events to a dataset. */
export const mayReceive = (world: World, facts: TokenFacts, id: string): boolean =>
  mayReach(facts, id) && (!world.closed || world.datasets.some((dataset) => dataset.id === id));
