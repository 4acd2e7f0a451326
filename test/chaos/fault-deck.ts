/** Share of requests that a fault hits, by its name. */
export type FaultRates<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/**
 * Deals a fault, or none, to each request in turn. Each comes as often as its rate says and nearly evenly, so that even
 * a short run meets every one of them; the seed decides where.
 */
export function faultDeck<Name extends string>(rates: FaultRates<Name>, random: () => number): () => Name | undefined {
  const credits = (Object.entries(rates) as [Name, number][]).map(([name, rate]) => ({
    name,
    rate,
    credit: random(),
  }));
  return () => {
    for (const each of credits) each.credit += each.rate * 2 * random();
    const due = credits.filter(({ credit }) => credit >= 1).sort((a, b) => b.credit - a.credit)[0];
    if (due === undefined) return undefined;
    due.credit -= 1;
    return due.name;
  };
}
