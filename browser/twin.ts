import type { PixelDestination, PixelProgram } from '../shared/meta/pixel/pixel-program.ts';
import { clickIds, clickIn, type IdStore } from './click-ids.ts';
import { type Fbq, isInitialised, openPixel, type PixelWindow, type Sighting, watchPixel } from './pixel.ts';
import { twinsOf } from './program.ts';

export interface Options {
  /** Where the pipeline answers, such as `https://events.shop.example`. */
  readonly endpoint: string;
  readonly writeKey: string;
  /** Nothing is loaded, written or sent to Meta until `consent(true)`. */
  readonly waitForConsent?: boolean;
  /** Anything else that the Pixel may know of the person when it is initialised, such as `matchesOf(traits)`; it hashes that in the page. */
  readonly matches?: () => object | undefined;
}

/** A call of a library, on its way to the pipeline. */
export interface Call {
  userId?: string | null;
  anonymousId?: string | null;
  context?: Record<string, unknown>;
  integrations?: Record<string, unknown>;
}

/** The settings that libraries ask the pipeline for. */
export interface Settings {
  readonly integrations?: { readonly 'Meta Pixel Twin'?: { readonly program: PixelProgram } };
}

/** Name of the twin among the integrations of a library, in its settings and in calls. */
export const twinName = 'Meta Pixel Twin';

/** Runs what stands beside a library and must never cost it its event. */
export function safely<Value>(run: () => Value): Value | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** Puts the visitor's ids, and what the Pixel was given, into a call. */
type Enrich = (call: Call) => void;
/** Gives the events of a call, which will not change any more, to the Pixel. */
type Mirror = (call: Call) => void;
/** Takes the answer of the visitor. */
export type Consent = (isGiven: boolean) => void;
/** Takes the program from a library's settings, or asks the pipeline for it. */
type Load = (settings?: Settings) => Promise<void>;
/** Where the visitor may be remembered, once that is allowed. */
type Store = () => IdStore['storage'];

export function createTwin({
  endpoint,
  writeKey,
  waitForConsent,
  matches,
}: Options): [Enrich, Mirror, Consent, Load, Store] {
  const page: PixelWindow & Window = window;
  const isLimited = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
  const limited = [['LDU'], 0, 0];
  const opened = new Set<string>();
  const { now } = Date;
  let isAllowed = !waitForConsent;
  let destinations: readonly PixelDestination[] = [];
  let program: PixelProgram | undefined;
  let waiting: Call[] | undefined = [];
  let sightings: Sighting[] = [];
  let renewed: string | undefined;
  let watched: Fbq | undefined;
  let click = clickIn(location.search, now());

  const store: Store = () => (isAllowed ? safely(() => localStorage) : undefined);

  const isAgreed = ([, , consent]: PixelDestination, { context }: Call): boolean => {
    const answers = (context?.['consent'] as { categoryPreferences?: Record<string, boolean> })?.categoryPreferences;
    return isAllowed && consent.every((category) => answers?.[category]);
  };

  /** The page's own Pixel as well, which may come later than this. */
  const watch = (): void => {
    if (!page.fbq || watched) return;
    watched = page.fbq;
    watchPixel(watched, (sighting) => sightings.push(sighting), now);
  };

  /** Until the program tells what the policy is, nothing is written. */
  const ids = (call: Call): object => {
    const mayWrite = destinations.some((destination) => isAgreed(destination, call));
    const found = clickIds({ document, storage: store(), location }, click, now(), mayWrite);
    const body = JSON.stringify({ ...found, writeKey });
    if (mayWrite && body !== renewed) {
      renewed = body;
      fetch(`${endpoint}/v1/ids`, { method: 'POST', body, credentials: 'include' }).catch(() => {});
    }
    return found;
  };

  const mirrorNow = (call: Call): void => {
    for (const destination of destinations) {
      if (!isAgreed(destination, call)) continue;
      const [dataset, , , autoConfig, dataProcessing, testEventCode] = destination;
      for (const { name, id, data } of twinsOf(program as PixelProgram, destination, call, now())) {
        const fbq = openPixel(page, (src) =>
          document.head.append(Object.assign(document.createElement('script'), { src })),
        );
        watch();
        if (!opened.has(dataset) && !isInitialised(fbq, dataset)) {
          fbq('set', 'autoConfig', autoConfig, dataset);
          const options = isLimited ? limited : dataProcessing;
          if (options) fbq('dataProcessingOptions', ...options);
          const person = call.userId || call.anonymousId;
          fbq('init', dataset, {
            external_id: person && String(person).toLowerCase().replace(/\s/g, ''),
            ...matches?.(),
          });
        }
        opened.add(dataset);
        fbq('trackSingle', dataset, name, data, { eventID: id, test_event_code: testEventCode || undefined });
      }
    }
  };
  const mirror = (call: Call): unknown => waiting?.push(call) ?? safely(() => mirrorNow(call));

  return [
    (call) =>
      safely(() => {
        watch();
        click = clickIn(location.search, now()) ?? click;
        if (isAllowed) call.context = { ...ids(call), ...call.context };
        else call.integrations = { ...call.integrations, [twinName]: false };
        if (isLimited) call.context = { dataProcessingOptions: limited, ...call.context };
        if (sightings.length) call.context = { ...call.context, pixel: sightings };
        sightings = [];
      }),
    mirror,
    (isGiven) => {
      isAllowed = isGiven;
      page.fbq?.('consent', isGiven ? 'grant' : 'revoke');
    },
    async (settings) => {
      try {
        let from = settings?.integrations?.[twinName];
        from ??= (await (await fetch(`${endpoint}/v1/projects/${writeKey}/settings`)).json()).integrations[
          'Meta Pixel Twin'
        ];
        program = from?.program;
        [destinations] = program as PixelProgram;
        if (isAllowed) ids({});
      } catch {}
      const late = waiting ?? [];
      waiting = undefined;
      late.forEach(mirror);
    },
    store,
  ];
}
