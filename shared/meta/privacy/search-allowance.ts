/** Longest text that is searched for personal data, in UTF-16 units. Honest URLs and texts for Meta are shorter. */
export const longestSearched = 4_096;

/** Longest name of a member or parameter that is read. */
export const longestName = 200;

/**
 * Steps that the search for personal data may take in one event: characters looked at one by one, with what else costs
 * as much. An honest event takes some hundred, since only the surroundings of `@`, `+` and `%` are looked at.
 */
const stepsPerEvent = 40_000;

/** Steps that are left. Below zero, what would need a closer look is left out instead. */
export interface SearchAllowance {
  left: number;
}

export const searchAllowance = (): SearchAllowance => ({ left: stepsPerEvent });
