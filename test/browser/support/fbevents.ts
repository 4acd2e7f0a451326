import type { BrowserContext } from 'playwright-core';

/** An event as Meta's script would send it. */
export interface PixelEvent {
  readonly dataset: string;
  readonly name: string;
  readonly id: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** Meta's hosts, as a page meets them. */
export interface MetaStandIn {
  readonly events: PixelEvent[];
  /** Arguments of every call of `fbq`, in order. */
  readonly calls: unknown[][];
}

/**
 * The part of `fbevents.js` that matters here: it takes what waits in the queue past its own `callMethod`, sends events to
 * `facebook.com/tr`, and writes its cookies where there are none.
 */
const script = `
  (() => {
    const fbq = window.fbq;
    const domain = location.hostname.split('.').slice(-2).join('.');
    const read = (name) => document.cookie.match('(?:^|; )' + name + '=([^;]+)')?.[1];
    const write = (name, payload) => {
      document.cookie = name + '=fb.1.' + Date.now() + '.' + payload + ';domain=' + domain + ';path=/;max-age=7776000';
    };
    if (!read('_fbp')) write('_fbp', '1' + Math.random().toString().slice(2, 11));
    const fbclid = /[?&]fbclid=([^&]+)/.exec(location.search)?.[1];
    if (fbclid && read('_fbc')?.split('.')[3] !== fbclid) write('_fbc', fbclid);
    const pixels = [];
    const take = (...call) => {
      const [method, ...rest] = call;
      if (method === 'init') pixels.push({ id: rest[0] });
      fetch('https://www.facebook.com/tr/', { method: 'POST', mode: 'no-cors', keepalive: true, body: JSON.stringify(call) });
    };
    fbq.getState = () => ({ pixels });
    fbq.callMethod = take;
    while (fbq.queue.length) take(...fbq.queue.shift());
  })();
`;

/** Stands in for Meta's hosts in a browser context; `blocked` refuses them, as ad blockers do. */
export async function standInForMeta(context: BrowserContext, { blocked = false } = {}): Promise<MetaStandIn> {
  const events: PixelEvent[] = [];
  const calls: unknown[][] = [];
  await context.route('https://connect.facebook.net/**', (route) =>
    blocked ? route.abort('blockedbyclient') : route.fulfill({ contentType: 'text/javascript', body: script }),
  );
  await context.route('https://www.facebook.com/**', async (route) => {
    const call = JSON.parse(route.request().postData() ?? '[]') as unknown[];
    calls.push(call);
    const [method, ...rest] = call as [string, ...unknown[]];
    if (/^track/.test(method)) {
      const [dataset, name, data, options] = (method.includes('Single') ? rest : ['', ...rest]) as [
        string,
        string,
        Record<string, unknown>,
        { eventID?: string } | undefined,
      ];
      events.push({ dataset, name, id: options?.eventID, data, at: Date.now() });
    }
    await route.fulfill({ status: 200, body: '' });
  });
  return { events, calls };
}

/** How many events of a name Meta counts: those of both sides under one id are one. */
export function counted(
  name: string,
  pixel: readonly PixelEvent[],
  server: readonly { readonly event_name: unknown; readonly event_id?: unknown }[],
): number {
  let withoutId = 0;
  const ids = new Set<unknown>();
  for (const event of pixel) if (event.name === name) event.id === undefined ? withoutId++ : ids.add(event.id);
  for (const { event_name, event_id } of server)
    if (event_name === name) event_id === undefined ? withoutId++ : ids.add(event_id);
  return ids.size + withoutId;
}
