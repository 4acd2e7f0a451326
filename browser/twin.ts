import type { PixelDestination, PixelProgram } from '../shared/meta/pixel/pixel-program.ts';
import { type Click, clickIds, clickIn, type IdStore } from './click-ids.ts';
import { isInitialised, openPixel, type PixelWindow, type Sighting, watchPixel } from './pixel.ts';
import { twinsOf } from './program.ts';

export interface Options {
  /** Where the pipeline answers, such as `https://events.shop.example`. */
  readonly endpoint: string;
  readonly writeKey: string;
  /** Nothing is loaded, written or sent to Meta until `consent(true)`. */
  readonly waitForConsent?: boolean;
}

/** A call of a library, on its way to the pipeline. */
export interface Call {
  type?: string;
  messageId?: string;
  userId?: string | null;
  anonymousId?: string | null;
  context?: Record<string, unknown>;
  integrations?: Record<string, unknown>;
}

export interface Twin {
  /** Puts the visitor's ids, and what the Pixel was given, into a call. */
  enrich: (call: Call) => void;
  /** Gives the call's events to the Pixel. */
  mirror: (call: Call) => void;
  /** Tells the answer of the visitor, who may be asked again. */
  consent: (isGiven: boolean) => void;
  /** Takes the program that came with a library's settings. */
  use: (settings: Settings | undefined) => void;
}

export interface Settings {
  readonly integrations?: Readonly<Record<string, unknown>>;
}

export const integration = 'Meta Pixel Twin';

export function createTwin({ endpoint, writeKey, waitForConsent }: Options): Twin {
  const page = window as PixelWindow & Window;
  const store = { cookies: document, location } as { -readonly [Name in keyof IdStore]: IdStore[Name] };
  try {
    store.storage = localStorage;
  } catch {}
  const isLimited = !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
  let isAllowed = !waitForConsent;
  let program: PixelProgram | undefined;
  let waiting: (() => void)[] | undefined = [];
  let click: Click | undefined;
  let sightings: Sighting[] = [];
  let renewed = '';
  const opened = new Set<string>();
  const look = (): void => {
    click = clickIn(location.search, Date.now()) ?? click;
  };
  look();

  const isAgreed = ({ consent }: PixelDestination, { context }: Call): boolean => {
    const answers = (context?.['consent'] as { categoryPreferences?: Record<string, boolean> })?.categoryPreferences;
    return isAllowed && consent.every((category) => answers?.[category]);
  };

  const open = (destination: PixelDestination, { userId, anonymousId }: Call) => {
    const { dataset, autoConfig, dataProcessing } = destination;
    const fbq = openPixel(page, (src) =>
      document.head.append(Object.assign(document.createElement('script'), { src, async: true })),
    );
    if (opened.size === 0) watchPixel(fbq, (sighting) => sightings.push(sighting), Date.now);
    if (!opened.has(dataset) && !isInitialised(fbq, dataset)) {
      fbq('set', 'autoConfig', autoConfig, dataset);
      const options = isLimited ? [['LDU'], 0, 0] : dataProcessing;
      if (options) fbq('dataProcessingOptions', ...options);
      const id = userId || anonymousId;
      fbq('init', dataset, id ? { external_id: String(id).toLowerCase().replace(/\s+/g, '') } : {});
    }
    opened.add(dataset);
    return fbq;
  };

  const twin: Twin = {
    enrich: (call) => {
      const context = (call.context ??= {});
      look();
      for (const destination of program?.destinations ?? []) {
        if (!isAllowed) (call.integrations ??= {})[destination.names[0] as string] = false;
        if (isAgreed(destination, call)) {
          const ids = clickIds(store, click, Date.now());
          Object.assign(context, { ...ids, ...context });
          renew(ids);
        }
      }
      if (isLimited) context['dataProcessingOptions'] ??= [['LDU'], 0, 0];
      if (sightings.length) context['pixel'] = sightings;
      sightings = [];
    },
    mirror: (call) => {
      if (waiting) {
        waiting.push(() => twin.mirror(call));
        return;
      }
      for (const destination of program?.destinations ?? []) {
        if (!isAgreed(destination, call)) continue;
        for (const { name, id, data } of twinsOf(program as PixelProgram, destination, call, Date.now())) {
          open(destination, call)('trackSingle', destination.dataset, name, data, { eventID: id });
        }
      }
    },
    consent: (isGiven) => {
      isAllowed = isGiven;
      if (opened.size) page.fbq?.('consent', isGiven ? 'grant' : 'revoke');
    },
    use: (settings) => {
      program = settings?.integrations?.[integration] as PixelProgram;
      const late = waiting ?? [];
      waiting = undefined;
      for (const each of late) each();
    },
  };

  const renew = (ids: object): void => {
    const text = JSON.stringify({ ...ids, writeKey });
    if (text === renewed) return;
    renewed = text;
    fetch(`${endpoint}/v1/ids`, { method: 'POST', body: text, credentials: 'include', keepalive: true }).catch(
      () => {},
    );
  };
  return twin;
}
