/** The global function of Meta's Pixel, before or after its script has loaded. */
export interface Fbq {
  (...call: unknown[]): void;
  callMethod?: (...call: unknown[]) => void;
  queue?: ArrayLike<unknown>[];
  push?: Fbq;
  loaded?: boolean;
  version?: string;
  getState?: () => { readonly pixels: readonly { readonly id: unknown }[] };
}

export interface PixelWindow {
  fbq?: Fbq;
  _fbq?: Fbq;
}

/** An event that the page gave to the Pixel: name, event id if it has one, time in milliseconds. */
export type Sighting = readonly [name: unknown, id: unknown, time: number];

/**
 * Meta's function: the page's own, or one that keeps calls until Meta's script takes them.
 *
 * @param load puts a script into the page
 */
export function openPixel(page: PixelWindow, load: (url: string) => void): Fbq {
  if (page.fbq) return page.fbq;
  const fbq: Fbq = (...call) => {
    if (fbq.callMethod) fbq.callMethod(...call);
    else fbq.queue?.push(call);
  };
  Object.assign(fbq, { push: fbq, loaded: true, version: '2.0', queue: [] });
  page.fbq = fbq;
  page._fbq ??= fbq;
  load('https://connect.facebook.net/en_US/fbevents.js');
  return fbq;
}

/** Whether the page has initialised a dataset by itself: twice would be a fault to the Pixel. */
export const isInitialised = ({ getState, queue = [] }: Fbq, dataset: string): boolean =>
  // Ids of datasets are of one length.
  String([(getState?.().pixels ?? []).map(({ id }) => id), queue.map((call) => call[1])]).includes(dataset);

/**
 * Notes the events that a page gives to the Pixel, its own calls included, once Meta's script took them: what a blocker stops
 * was never seen there.
 */
export function watchPixel(fbq: Fbq, see: (sighting: Sighting) => void, now: () => number): void {
  let taken = fbq.callMethod;
  const note = ([method, ...rest]: unknown[]): void => {
    const [name, , options] = /Single/.test(method as string) ? rest.slice(1) : rest;
    if (/^track/.test(method as string)) see([name, (options as { eventID?: unknown })?.eventID, now()]);
  };
  Object.defineProperty(fbq, 'callMethod', {
    get: () =>
      taken &&
      ((...call: unknown[]) => {
        note(call);
        taken?.(...call);
      }),
    set: (given) => {
      taken = given;
      // Calls that waited for the script, which takes them past this.
      fbq.queue?.map((call) => note(Array.from(call)));
    },
  });
}
