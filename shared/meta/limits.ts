const day = 86_400_000;

/** Every number that Meta sets, with its unit. @see https://developers.facebook.com/docs/marketing-api/conversions-api/using-the-api */
export const metaLimits = {
  eventsPerRequest: 1_000,
  /** Not documented. A thousand orders take 1.5 MB; what is refused as too large (HTTP 413) is cut up. */
  requestBytes: 4_000_000,
  /** Meta refuses a whole request for one older event. */
  eventAgeMs: 7 * day,
  /** Part of these ages that is kept for the way to Meta, as long as a function may run. */
  eventAgeMarginMs: 60_000,
  /** Uploads from physical stores may be older. */
  physicalStoreEventAgeMs: 62 * day,
  /** A clock may be this far ahead; such an event is sent as of now. */
  clockSkewMs: 5 * 60_000,
  /** Two events of one name and id this close are one to Meta. */
  deduplicationMs: 2 * day,
  /** Sales in shops are told apart by their time, order id and item number, for this long. */
  shopDeduplicationMs: 7 * day,
} as const;
