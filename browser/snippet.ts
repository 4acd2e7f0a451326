import { metaPixel, metaPixelForRudderStack } from './plugin.ts';
import { type Call, createTwin, safely } from './twin.ts';

/**
 * The script of `/v1/pixel.js`. With `data-write-key` it tracks by itself, for pages without a library; without, it gives the
 * plugins to the page. Calls from before it has loaded wait in a list: `metaPixel.push(['track', 'Signed Up'])`.
 */
const page = window as { metaPixel?: unknown };
const calls = (page.metaPixel ?? []) as [string, ...unknown[]][];
const api: Record<string, (...given: never[]) => unknown> = { metaPixel, metaPixelForRudderStack };
const script = document.currentScript as HTMLScriptElement;
const { writeKey, consent } = script.dataset;

const makeId = (): string => Date.now().toString(36) + Math.random().toString(36).slice(2);

if (writeKey) {
  const [endpoint = ''] = script.src.split('/v1/');
  const [enrich, mirror, answer, load, store] = createTwin({ endpoint, writeKey, waitForConsent: !!consent });
  const key = 'fb_visitor';
  let visitor: { anonymousId?: string; userId?: string } = {};
  // Calls that no answer came for.
  const unsent: unknown[] = [];
  const send = (type: string, members: { userId?: string; [more: string]: unknown }): void => {
    visitor = { anonymousId: makeId(), ...safely(() => JSON.parse(store()?.getItem(key) ?? '{}')), ...visitor };
    if (members.userId) visitor.userId = members.userId;
    const event: object = {
      ...visitor,
      type,
      ...members,
      messageId: makeId(),
      context: { page: { url: location.href, referrer: document.referrer } },
    };
    enrich(event as Call);
    mirror(event as Call);
    const batch = [...unsent.splice(0), event];
    fetch(`${endpoint}/v1/batch`, { method: 'POST', keepalive: true, body: JSON.stringify({ writeKey, batch }) }).catch(
      () => unsent.push(...batch),
    );
    safely(() => store()?.setItem(key, JSON.stringify(visitor)));
  };
  api['track'] = (event: string, properties: object) => send('track', { event, properties });
  api['page'] = (properties: object) => send('page', { properties });
  api['identify'] = (userId: string, traits: object) => send('identify', { userId, traits });
  api['consent'] = answer;
  load();
}
api['push'] = ([name, ...rest]: [string, ...never[]]) => api[name]?.(...rest);
page.metaPixel = api;
calls.forEach(api['push'] as (call: unknown) => void);
