import { type Call, createTwin, type Options, type Settings, type Twin } from './twin.ts';

/** What runs in a plugin must never cost the library its event. */
const safely = (run: () => void): void => {
  try {
    run();
  } catch {}
};

/** Asks the pipeline for the program, where no library brought it. */
const fetchProgram = (twin: Twin, { endpoint, writeKey }: Options): Promise<void> =>
  fetch(`${endpoint}/v1/projects/${writeKey}/settings`)
    .then((answer) => answer.json())
    .catch(() => undefined)
    .then((settings: Settings) => safely(() => twin.use(settings)));

const see = (twin: Twin, call: Call): void => {
  safely(() => twin.enrich(call));
  safely(() => twin.mirror(call));
};

/** The plugin of `@segment/analytics-next` and of Customer.io's library: `analytics.register(metaPixel({ … }))`. */
export function metaPixel(options: Options) {
  const twin = createTwin(options);
  const handle = <Context extends { event: Call }>(context: Context): Context => {
    see(twin, context.event);
    return context;
  };
  return {
    name: 'Meta Pixel Twin',
    version: '1',
    type: 'enrichment' as const,
    isLoaded: () => true,
    load: async (_: unknown, analytics: { settings?: { cdnSettings?: Settings } }) => {
      const settings = analytics.settings?.cdnSettings;
      if (settings?.integrations?.['Meta Pixel Twin']) safely(() => twin.use(settings));
      else await fetchProgram(twin, options);
    },
    track: handle,
    page: handle,
    identify: handle,
    consent: twin.consent,
  };
}
