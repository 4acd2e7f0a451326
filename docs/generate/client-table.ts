import { clientRequests } from '../../test/e2e/support/client-requests.ts';
import { markdownTable } from '../../commands/kit/table.ts';

/** Libraries that the tests run as they are: `test/e2e/clients.test.ts` in Node, `test/browser/clients.test.ts` in Chromium. */
const installed: readonly (readonly [client: string, where: 'Node' | 'Chromium', set: string])[] = [
  ['`@segment/analytics-node` 1, 2 and 3', 'Node', "new Analytics({ writeKey, host: 'https://events.shop.example' })"],
  ['`analytics-node` 3 and 6 (Segment)', 'Node', "new Analytics(key, { host: 'https://events.shop.example' })"],
  [
    '`@rudderstack/rudder-sdk-node` 3',
    'Node',
    "new RudderAnalytics(key, { dataPlaneUrl: 'https://events.shop.example' })",
  ],
  ['`@rudderstack/analytics-js-service-worker` 3', 'Node', "new Analytics(key, 'https://events.shop.example', {})"],
  ['`@customerio/cdp-analytics-node` 0.5', 'Node', "new Analytics({ writeKey, host: 'https://events.shop.example' })"],
  ['`@jitsu/js` 1.11', 'Node', "jitsuAnalytics({ host: 'https://events.shop.example', writeKey: key + ':any' })"],
  [
    '`@segment/analytics-next` 1, single and batching',
    'Chromium',
    "AnalyticsBrowser.load({ writeKey, cdnURL: 'https://events.shop.example' })",
  ],
  [
    '`@rudderstack/analytics-js` 3, single, batching, beacons',
    'Chromium',
    "analytics.load(key, 'https://events.shop.example', { configUrl: 'https://events.shop.example' })",
  ],
  [
    '`rudder-sdk-js` 2',
    'Chromium',
    "analytics.load(key, 'https://events.shop.example', { configUrl: 'https://events.shop.example' })",
  ],
  [
    '`@customerio/cdp-analytics-browser` 0.5, single and batching',
    'Chromium',
    "AnalyticsBrowser.load({ writeKey, cdnURL: 'https://events.shop.example' })",
  ],
];

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

export const clientTables: Readonly<Record<string, () => string>> = {
  'installed clients': () =>
    markdownTable(
      ['client', 'runs in', 'what to set'],
      installed.map(([client, where, set]) => [client, where, code(set)]),
    ),
  'replayed clients': () =>
    markdownTable(
      ['client', 'what to set', 'reaches `npm start`', 'written from'],
      clientRequests.map(({ client, set, httpsOnly, source }) => {
        const [repository = ''] = source.split(' ');
        return [
          client,
          code(set),
          httpsOnly === true ? '**no**, HTTPS only' : 'yes',
          `[${repository}](https://github.com/${repository})`,
        ];
      }),
    ),
};
