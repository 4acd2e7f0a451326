/** The global function of Meta's Pixel, before or after its script has loaded. */
export interface Fbq {
  (...call: unknown[]): void;
  callMethod?: (...call: unknown[]) => void;
  queue?: unknown[];
  push?: Fbq;
  loaded?: boolean;
  version?: string;
  getState?: () => { readonly pixels?: readonly { readonly id: string }[] };
}

export interface PixelWindow {
  fbq?: Fbq;
  _fbq?: Fbq;
}

/** A call of `fbq` for an event: name, event id if it has one, time in milliseconds. */
export type Sighting = readonly [name: string, id: string | null, time: number];

/**
 * Meta's function: the page's own, or one that keeps calls until Meta's script, which is loaded then, takes them.
 *
 * @param load puts a script into the page
 */
export function openPixel(page: PixelWindow, load: (url: string) => void): Fbq {
  if (page.fbq) return page.fbq;
  const fbq: Fbq = (...call) => {
    if (fbq.callMethod) fbq.callMethod(...call);
    else fbq.queue?.push(call);
  };
  fbq.push = fbq;
  fbq.loaded = true;
  fbq.version = '2.0';
  fbq.queue = [];
  page.fbq = fbq;
  page._fbq ??= fbq;
  load('https://connect.facebook.net/en_US/fbevents.js');
  return fbq;
}

/** Whether the page has initialised a dataset by itself. */
export const isInitialised = ({ getState, queue = [] }: Fbq, dataset: string): boolean =>
  [
    ...(getState?.().pixels ?? []).map(({ id }) => id),
    ...queue.map((call) => (call as unknown[])[0] === 'init' && (call as unknown[])[1]),
  ]
    .map(String)
    .includes(dataset);

/**
 * Notes the events that a page gives to the Pixel, its own calls included, once Meta's script took them: what a blocker stops
 * was never seen there.
 */
export function watchPixel(fbq: Fbq, see: (sighting: Sighting) => void, now: () => number): void {
  let taken = fbq.callMethod;
  const note = (call: unknown[]): void => {
    const at = /^track(Custom)?$/.test(call[0] as string) ? 1 : /^trackSingle/.test(call[0] as string) ? 2 : 0;
    const id = (call[at + 2] as { eventID?: unknown } | undefined)?.eventID;
    if (at) see([String(call[at]), id === undefined ? null : String(id), now()]);
  };
  // Calls that waited for the script: it may take them past `callMethod`.
  let early: unknown[][] = [];
  const method = (...call: unknown[]): void => {
    const at = early.findIndex((each) => each.every((part, index) => part === call[index]));
    if (at < 0) note(call);
    else early.splice(at, 1);
    taken?.apply(fbq, call);
  };
  Object.defineProperty(fbq, 'callMethod', {
    get: () => taken && method,
    set: (given: typeof taken) => {
      taken = given;
      early = (fbq.queue ?? []).map((call) => [...(call as unknown[])]);
      early.forEach(note);
    },
  });
}
