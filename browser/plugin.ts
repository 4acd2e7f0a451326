import { type Call, type Consent, createTwin, type Options, type Settings, twinName } from './twin.ts';

export { matchesOf, type Traits } from './matches.ts';

const methods = ['track', 'page', 'identify'] as const;

/** The plugin of `@segment/analytics-next` and of Customer.io's library: `analytics.register(metaPixel({ … }))`. */
export function metaPixel(options: Options) {
  const [enrich, mirror, consent, load] = createTwin(options);
  const handle = <Context extends { event: object }>(context: Context): Context => {
    enrich(context.event as Call);
    mirror(context.event as Call);
    return context;
  };
  return {
    name: twinName,
    version: '1',
    type: 'enrichment' as const,
    isLoaded: () => true,
    // Nobody waits for the answer: events of a library that brings no settings get their twins when it is there.
    load: async (_: unknown, analytics: { settings?: { cdnSettings?: unknown } }) => {
      load(analytics.settings?.cdnSettings as Settings | undefined);
    },
    track: handle,
    page: handle,
    identify: handle,
    /** Takes the visitor's answer. */
    consent,
  };
}

type Method = (...given: unknown[]) => unknown;

/**
 * The same for RudderStack's library, which has no plugins: its calls go through here. Before `analytics.load`.
 *
 * @returns the function that takes the visitor's answer
 */
export function metaPixelForRudderStack(library: object, options: Options): { readonly consent: Consent } {
  const [enrich, mirror, consent, load] = createTwin(options);
  const analytics = library as Record<(typeof methods)[number], Method>;
  for (const method of methods) {
    const original = analytics[method].bind(analytics);
    analytics[method] = (...given) => {
      const callback = given.find((each) => typeof each === 'function') as Method | undefined;
      const words = given.filter((each) => each !== callback);
      // Names come first: one, and for pages at most two.
      const isBag = (each: unknown): boolean => each === undefined || (typeof each === 'object' && each !== null);
      let at = method === 'page' ? 2 : 1;
      while (at && isBag(words[at - 1])) at--;
      const call = { ...(words[at + 1] as Call) };
      enrich(call);
      return original(...words.slice(0, at), words[at] ?? {}, call, (event: Call) => {
        mirror(event);
        callback?.(event);
      });
    };
  }
  load();
  return { consent };
}
