import { gzipSync } from 'node:zlib';

/** A request as a client library writes it that cannot run in these tests, put together from the library's public source. */
export interface ClientRequest {
  /** Name and version of the library. */
  readonly client: string;
  /** Setting that points it at an endpoint of one's own. */
  readonly set: string;
  /** The library takes a host and writes `https://` before it, so that it cannot reach `npm start`. */
  readonly httpsOnly?: boolean;
  /** Repository and file of its transport. */
  readonly source: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly gzip?: boolean;
  /** @param now as the sender's clock says it; @param id message id of the order */
  readonly body: (now: Date, id: string) => unknown;
}

const writeKey = 'shop-key';
const basic = { authorization: `Basic ${btoa(`${writeKey}:`)}` };
const json = { 'content-type': 'application/json' };

const properties = { order_id: 'A-1', revenue: 10, currency: 'EUR' };
const page = { url: 'https://shop.example/thanks' };
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64)';
const onServer = { ip: '203.0.113.7', userAgent, page };

// Times as each language's usual writer gives them.
const milliseconds = (now: Date): string => now.toISOString();
const microseconds = (now: Date): string => now.toISOString().replace('Z', '123+00:00');
const nanoseconds = (now: Date): string => now.toISOString().replace('Z', '123456Z');
const hundredNanoseconds = (now: Date): string => now.toISOString().replace('Z', '1234+00:00');
const withoutZone = (now: Date): string => now.toISOString().replace('Z', '123');

const order = (id: string, more: object): object => ({
  type: 'track',
  event: 'Order Completed',
  userId: 'u-1',
  messageId: id,
  properties,
  ...more,
});

const library = (name: string, version: string): object => ({ library: { name, version } });

/** Context as the mobile libraries fill it. */
const onPhone = (name: string, version: string, system: string): object => ({
  ...library(name, version),
  app: { name: 'Shop', version: '2.1.0', build: '210', namespace: 'example.shop' },
  device: {
    id: '6BA7B810-9DAD-11D1-80B4-00C04FD430C8',
    manufacturer: 'Maker',
    model: 'Phone 1',
    name: 'phone',
    type: system,
  },
  os: { name: system, version: '18.1' },
  screen: { width: 390, height: 844, density: 3 },
  network: { cellular: false, wifi: true },
  locale: 'en-US',
  timezone: 'Europe/Berlin',
  userAgent,
  traits: {},
});

export const clientRequests: readonly ClientRequest[] = [
  {
    client: 'analytics-python 2.3 (Segment)',
    set: `analytics.host = 'https://events.shop.example'`,
    source: 'segmentio/analytics-python segment/analytics/request.py',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'user-agent': 'analytics-python/2.3.4' },
    body: (now, id) => ({
      batch: [
        order(id, {
          integrations: {},
          anonymousId: null,
          timestamp: microseconds(now),
          context: { ...onServer, ...library('analytics-python', '2.3.4') },
        }),
      ],
      sentAt: microseconds(now),
      writeKey,
    }),
  },
  {
    client: 'analytics-python 2.3, gzip (Segment)',
    set: 'analytics.gzip = True',
    source: 'segmentio/analytics-python segment/analytics/request.py',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'content-encoding': 'gzip' },
    gzip: true,
    body: (now, id) => ({
      batch: [order(id, { timestamp: microseconds(now), context: onServer })],
      sentAt: microseconds(now),
      writeKey,
    }),
  },
  {
    client: 'rudder-sdk-python 2.1 (RudderStack)',
    set: `rudder_analytics.dataPlaneUrl = 'https://events.shop.example'`,
    source: 'rudderlabs/rudder-sdk-python rudderstack/analytics/request.py',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'content-encoding': 'gzip', 'user-agent': 'analytics-python/2.1.4' },
    gzip: true,
    body: (now, id) => ({
      sentAt: microseconds(now),
      batch: [
        order(id, {
          integrations: { All: true },
          anonymousId: '',
          originalTimestamp: microseconds(now),
          channel: 'server',
          context: { ...onServer, ...library('rudder-analytics-python', '2.1.4') },
        }),
      ],
      writeKey,
    }),
  },
  {
    client: 'analytics-ruby 2.5 (Segment)',
    set: `Segment::Analytics.new(write_key: key, host: 'events.shop.example')`,
    source: 'segmentio/analytics-ruby lib/segment/analytics/transport.rb',
    path: '/v1/batch',
    headers: { ...json, ...basic, accept: 'application/json', 'user-agent': 'analytics-ruby/2.5.0' },
    body: (now, id) => ({
      sentAt: milliseconds(now),
      batch: [
        order(id, { timestamp: milliseconds(now), context: { ...onServer, ...library('analytics-ruby', '2.5.0') } }),
      ],
    }),
  },
  {
    client: 'rudder-sdk-ruby 3.0 (RudderStack)',
    set: `data_plane_url: 'https://events.shop.example'`,
    source: 'rudderlabs/rudder-sdk-ruby lib/rudder/analytics/transport.rb',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'content-encoding': 'gzip' },
    gzip: true,
    body: (now, id) => ({
      batch: [
        order(id, {
          timestamp: milliseconds(now),
          originalTimestamp: milliseconds(now),
          sentAt: milliseconds(now),
          channel: 'server',
          integrations: { All: true },
          context: { ...onServer, ...library('analytics-ruby', '3.0.0') },
        }),
      ],
    }),
  },
  {
    client: 'analytics-php 3.8 (Segment)',
    set: `Segment::init($key, ['host' => 'events.shop.example'])`,
    source: 'segmentio/analytics-php lib/Consumer/LibCurl.php',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'user-agent': 'analytics-php/3.8.1' },
    body: (now, id) => ({
      batch: [
        order(id, {
          context: {
            ...onServer,
            library: { name: 'analytics-php', version: '3.8.1', consumer: 'LibCurl' },
            traits: [],
          },
          integrations: [],
          timestamp: now.toISOString().replace('Z', '+00:00'),
        }),
      ],
      sentAt: now.toISOString().replace(/\.\d+Z/, '+00:00'),
    }),
  },
  {
    client: 'rudder-sdk-php 2.0 (RudderStack)',
    set: `Rudder::init($key, ['data_plane_url' => 'events.shop.example'])`,
    source: 'rudderlabs/rudder-sdk-php lib/Consumer/LibCurl.php',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'user-agent': 'rudder-sdk-php/2.0.1' },
    body: (now, id) => ({
      batch: [
        order(id, {
          channel: 'server',
          context: { ...onServer, library: { name: 'rudder-analytics-php', version: '2.0.1', consumer: 'LibCurl' } },
          integrations: { All: true },
          timestamp: now.toISOString().replace('Z', '+00:00'),
        }),
      ],
      sentAt: now.toISOString().replace(/\.\d+Z/, '+00:00'),
    }),
  },
  {
    client: 'analytics-go 3.3 (Segment)',
    set: 'analytics.Config{Endpoint: "https://events.shop.example"}',
    source: 'segmentio/analytics-go analytics.go',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'user-agent': 'analytics-go (version: 3.0.0)' },
    body: (now, id) => ({
      messageId: 'batch-1',
      sentAt: nanoseconds(now),
      batch: [order(id, { timestamp: nanoseconds(now) })],
      context: { ...onServer, ...library('analytics-go', '3.0.0') },
    }),
  },
  {
    client: 'analytics-go 3.3, endpoint with a slash (Segment)',
    set: 'analytics.Config{Endpoint: "https://events.shop.example/"}',
    source: 'segmentio/analytics-go analytics.go',
    path: '//v1/batch',
    headers: { ...json, ...basic },
    body: (now, id) => ({
      messageId: 'batch-2',
      sentAt: nanoseconds(now),
      batch: [order(id, { timestamp: nanoseconds(now), context: onServer })],
    }),
  },
  {
    client: 'analytics-go 4.2 (RudderStack)',
    set: 'analytics.New(key, "https://events.shop.example")',
    source: 'rudderlabs/analytics-go analytics.go',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'content-encoding': 'gzip', anonymousid: btoa('anonymous-1') },
    gzip: true,
    body: (now, id) => ({
      messageId: 'batch-3',
      sentAt: nanoseconds(now),
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          channel: 'server',
          originalTimestamp: nanoseconds(now),
          sentAt: nanoseconds(now),
          context: { ...onServer, ...library('analytics-go', '4.2.0') },
          integrations: { All: true },
        }),
      ],
    }),
  },
  {
    client: 'analytics-java 3.5 (Segment)',
    set: 'Analytics.builder(key).endpoint("https://events.shop.example")',
    source: 'segmentio/analytics-java analytics-core/src/main/java/com/segment/analytics/http/SegmentService.java',
    path: '/v1/import',
    headers: { 'content-type': 'application/json; charset=UTF-8', ...basic, 'user-agent': 'analytics-java/3.5.2' },
    body: (now, id) => ({
      batch: [
        order(id, {
          timestamp: milliseconds(now),
          sentAt: milliseconds(now),
          context: { ...onServer, ...library('analytics-java', '3.5.2') },
        }),
      ],
      sentAt: milliseconds(now),
      context: library('analytics-java', '3.5.2'),
      sequence: 1,
      writeKey,
    }),
  },
  {
    client: 'rudder-sdk-java 3.1 (RudderStack)',
    set: 'RudderAnalytics.builder(key, "https://events.shop.example")',
    source:
      'rudderlabs/rudder-sdk-java analytics-core/src/main/java/com/rudderstack/sdk/java/analytics/http/AnalyticsService.java',
    path: '/v1/batch',
    headers: { 'content-type': 'application/json; charset=UTF-8', ...basic, 'content-encoding': 'gzip' },
    gzip: true,
    body: (now, id) => ({
      batch: [
        order(id, {
          channel: 'server',
          originalTimestamp: milliseconds(now),
          context: { ...onServer, ...library('java', '3.1.0') },
          integrations: { All: true },
        }),
      ],
      sentAt: milliseconds(now),
      context: library('java', '3.1.0'),
      sequence: 1,
    }),
  },
  {
    client: 'Analytics.NET 3.8 (Segment)',
    set: 'new Config().SetHost("https://events.shop.example")',
    source: 'segmentio/Analytics.NET Analytics/Request/BlockingRequestHandler.cs',
    path: '/v1/import',
    headers: { ...json, ...basic, 'user-agent': 'Analytics.NET/3.8.1' },
    body: (now, id) => ({
      messageId: 'batch-4',
      sentAt: hundredNanoseconds(now),
      batch: [
        order(id, {
          anonymousId: null,
          context: { ...onServer, ...library('Analytics.NET', '3.8.1') },
          integrations: { all: true },
          timestamp: hundredNanoseconds(now),
        }),
      ],
      context: null,
      writeKey,
    }),
  },
  {
    client: 'Analytics-CSharp 2.5 (Segment)',
    set: 'new Configuration(key, apiHost: "events.shop.example/v1")',
    httpsOnly: true,
    source: 'segmentio/Analytics-CSharp Analytics-CSharp/Segment/Analytics/Utilities/HTTPClient.cs',
    path: '/v1/b',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: (now, id) => ({
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          timestamp: hundredNanoseconds(now),
          context: { ...onServer, ...library('Analytics-CSharp', '2.5.4') },
          integrations: {},
          _metadata: { bundled: [], unbundled: [], bundledIds: [] },
        }),
      ],
      sentAt: hundredNanoseconds(now),
      writeKey,
    }),
  },
  {
    client: 'rudder-sdk-.net 2.0 (RudderStack)',
    set: 'new RudderConfig(dataPlaneUrl: "https://events.shop.example")',
    source: 'rudderlabs/rudder-sdk-.net RudderAnalytics/Request/BlockingRequestHandler.cs',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'content-encoding': 'gzip' },
    gzip: true,
    body: (now, id) => ({
      messageId: 'batch-5',
      sentAt: hundredNanoseconds(now),
      batch: [
        order(id, {
          channel: 'server',
          originalTimestamp: hundredNanoseconds(now),
          context: { ...onServer, ...library('RudderAnalytics.NET', '2.0.0') },
          integrations: { All: true },
        }),
      ],
      context: { traits: {} },
    }),
  },
  {
    client: 'analytics-swift 1.6 (Segment)',
    set: 'Configuration(writeKey: key).apiHost("events.shop.example/v1").cdnHost("events.shop.example/v1")',
    httpsOnly: true,
    source: 'segmentio/analytics-swift Sources/Segment/Utilities/Networking/HTTPClient.swift',
    path: '/v1/b',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'analytics-ios/1.6.2',
      'accept-encoding': 'gzip',
    },
    body: (now, id) => ({
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          timestamp: milliseconds(now),
          context: onPhone('analytics-swift', '1.6.2', 'ios'),
          integrations: {},
          _metadata: { bundled: [], unbundled: [], bundledIds: [] },
        }),
      ],
      sentAt: milliseconds(now),
      writeKey,
    }),
  },
  {
    client: 'analytics-kotlin 1.19 (Segment)',
    set: 'apiHost = "events.shop.example/v1"; cdnHost = "events.shop.example/v1"',
    httpsOnly: true,
    source: 'segmentio/analytics-kotlin core/src/main/java/com/segment/analytics/kotlin/core/HTTPClient.kt',
    path: '/v1/b',
    headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip', 'user-agent': 'analytics-kotlin/1.19.0' },
    gzip: true,
    body: (now, id) => ({
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          timestamp: milliseconds(now),
          context: onPhone('analytics-kotlin', '1.19.0', 'android'),
          integrations: {},
          _metadata: { bundled: [], unbundled: [], bundledIds: [] },
        }),
      ],
      sentAt: milliseconds(now),
      writeKey,
    }),
  },
  {
    client: 'analytics-ios 4.1 (Segment)',
    set: 'configuration.requestFactory, with the host replaced',
    httpsOnly: true,
    source: 'segmentio/analytics-ios Segment/Classes/SEGHTTPClient.m',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'content-encoding': 'gzip', 'user-agent': 'analytics-ios/4.1.8' },
    gzip: true,
    body: (now, id) => ({
      sentAt: milliseconds(now),
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          timestamp: milliseconds(now),
          context: onPhone('analytics-ios', '4.1.8', 'ios'),
          integrations: {},
        }),
      ],
    }),
  },
  {
    client: 'analytics-android 4.11 (Segment)',
    set: 'Analytics.Builder.connectionFactory, with the host replaced',
    source: 'segmentio/analytics-android analytics/src/main/java/com/segment/analytics/ConnectionFactory.java',
    path: '/v1/import',
    headers: { ...json, ...basic, 'content-encoding': 'gzip', 'user-agent': 'analytics-android/4.11.3' },
    gzip: true,
    body: (now, id) => ({
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          channel: 'mobile',
          timestamp: nanoseconds(now),
          context: onPhone('analytics-android', '4.11.3', 'android'),
          integrations: {},
        }),
      ],
      sentAt: nanoseconds(now),
    }),
  },
  {
    client: 'rudder-sdk-android 1.27 (RudderStack)',
    set: 'RudderConfig.Builder().withDataPlaneUrl("https://events.shop.example")',
    source:
      'rudderlabs/rudder-sdk-android core/src/main/java/com/rudderstack/android/sdk/core/RudderNetworkManager.java',
    path: '/v1/batch',
    headers: { ...json, ...basic, anonymousid: btoa('anonymous-1') },
    body: (now, id) => ({
      sentAt: milliseconds(now),
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          channel: 'mobile',
          originalTimestamp: milliseconds(now),
          context: onPhone('com.rudderstack.android.sdk.core', '1.27.0', 'Android'),
          integrations: { All: true },
        }),
      ],
    }),
  },
  {
    client: 'rudder-sdk-ios 1.31 (RudderStack)',
    set: 'builder.withDataPlaneUrl("https://events.shop.example")',
    source: 'rudderlabs/rudder-sdk-ios Sources/Classes/RSNetworkManager.m',
    path: '/v1/batch',
    headers: { 'content-type': 'Application/json', ...basic, anonymousid: btoa('anonymous-1') },
    body: (now, id) => ({
      sentAt: milliseconds(now),
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          channel: 'mobile',
          originalTimestamp: milliseconds(now),
          context: onPhone('rudder-ios-library', '1.31.0', 'iOS'),
          integrations: { All: true },
        }),
      ],
    }),
  },
  {
    client: 'rudder-sdk-react-native 3.1 on Android (RudderStack)',
    set: `rudderClient.setup(key, { dataPlaneUrl: 'https://events.shop.example' })`,
    source: 'rudderlabs/rudder-sdk-react-native libs/sdk/src/RudderClient.ts',
    path: '/v1/batch',
    headers: {
      'content-type': 'application/json',
      ...basic,
      'content-encoding': 'gzip',
      anonymousid: btoa('anonymous-1'),
    },
    gzip: true,
    body: (now, id) => ({
      sentAt: milliseconds(now),
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          channel: 'mobile',
          originalTimestamp: milliseconds(now),
          context: {
            ...onPhone('com.rudderstack.android.sdk.core', '1.27.0', 'Android'),
            sessionId: 1_796_040_000,
            sessionStart: true,
          },
          integrations: { All: true },
        }),
      ],
    }),
  },
  {
    client: 'rudder-sdk-react-native 3.1 on iOS (RudderStack)',
    set: `rudderClient.setup(key, { dataPlaneUrl: 'https://events.shop.example' })`,
    source: 'rudderlabs/rudder-sdk-react-native libs/sdk/src/RudderClient.ts',
    path: '/v1/batch',
    headers: {
      'content-type': 'Application/json',
      ...basic,
      'content-encoding': 'gzip',
      anonymousid: btoa('anonymous-1'),
    },
    gzip: true,
    body: (now, id) => ({
      sentAt: milliseconds(now),
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          channel: 'mobile',
          originalTimestamp: milliseconds(now),
          context: { ...onPhone('rudder-ios-library', '1.31.0', 'iOS'), sessionId: 1_796_040_000, sessionStart: true },
          integrations: { All: true },
        }),
      ],
    }),
  },
  {
    client: 'rudder_sdk_flutter 3.3 on Android (RudderStack)',
    set: `RudderConfigBuilder().withDataPlaneUrl('https://events.shop.example')`,
    source: 'rudderlabs/rudder-sdk-flutter packages/plugins/rudder_plugin/lib/RudderController.dart',
    path: '/v1/batch',
    headers: {
      'content-type': 'application/json',
      ...basic,
      'content-encoding': 'gzip',
      anonymousid: btoa('anonymous-1'),
    },
    gzip: true,
    body: (now, id) => ({
      sentAt: milliseconds(now),
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          channel: 'mobile',
          originalTimestamp: milliseconds(now),
          context: {
            ...onPhone('com.rudderstack.android.sdk.core', '1.27.0', 'Android'),
            sessionId: 1_796_040_000,
            sessionStart: true,
          },
          integrations: { All: true },
        }),
      ],
    }),
  },
  {
    client: 'rudder_sdk_flutter 3.3 on iOS (RudderStack)',
    set: `RudderConfigBuilder().withDataPlaneUrl('https://events.shop.example')`,
    source: 'rudderlabs/rudder-sdk-flutter packages/plugins/rudder_plugin/lib/RudderController.dart',
    path: '/v1/batch',
    headers: {
      'content-type': 'Application/json',
      ...basic,
      'content-encoding': 'gzip',
      anonymousid: btoa('anonymous-1'),
    },
    gzip: true,
    body: (now, id) => ({
      sentAt: milliseconds(now),
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          channel: 'mobile',
          originalTimestamp: milliseconds(now),
          context: { ...onPhone('rudder-ios-library', '1.31.0', 'iOS'), sessionId: 1_796_040_000, sessionStart: true },
          integrations: { All: true },
        }),
      ],
    }),
  },
  {
    client: 'rudder-sdk-kotlin 1.3 (RudderStack)',
    set: 'Configuration(writeKey, dataPlaneUrl = "https://events.shop.example")',
    source:
      'rudderlabs/rudder-sdk-kotlin core/src/main/kotlin/com/rudderstack/sdk/kotlin/core/internals/network/HttpClientImpl.kt',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'content-encoding': 'gzip', anonymousid: btoa('anonymous-1') },
    gzip: true,
    body: (now, id) => ({
      sentAt: milliseconds(now),
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          channel: 'mobile',
          originalTimestamp: milliseconds(now),
          sentAt: milliseconds(now),
          context: onPhone('com.rudderstack.sdk.kotlin.android', '1.3.0', 'Android'),
          integrations: { All: true },
        }),
      ],
    }),
  },
  {
    client: 'rudder-sdk-swift 1.2 (RudderStack)',
    set: 'Configuration(writeKey:, dataPlaneUrl: "https://events.shop.example")',
    source: 'rudderlabs/rudder-sdk-swift Sources/RudderStackAnalytics/Network/HttpNetwork.swift',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'content-encoding': 'gzip', anonymousid: btoa('anonymous-1') },
    gzip: true,
    body: (now, id) => ({
      sentAt: milliseconds(now),
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          channel: 'mobile',
          originalTimestamp: milliseconds(now),
          sentAt: milliseconds(now),
          context: onPhone('com.rudderstack.sdk.swift', '1.2.0', 'iOS'),
          integrations: { All: true },
        }),
      ],
    }),
  },
  {
    client: 'analytics-react-native 2.24 (Segment)',
    set: `createClient({ writeKey, proxy: 'https://events.shop.example/v1/b' })`,
    source: 'segmentio/analytics-react-native packages/core/src/api.ts',
    path: '/v1/b',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: (now, id) => ({
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          timestamp: milliseconds(now),
          context: onPhone('@segment/analytics-react-native', '2.24.1', 'ios'),
          integrations: {},
          _metadata: { bundled: [], unbundled: [], bundledIds: [] },
        }),
      ],
      sentAt: milliseconds(now),
      writeKey,
    }),
  },
  {
    client: 'segment_analytics for Flutter 1.1 (Segment)',
    set: `Configuration(key, apiHost: 'events.shop.example/v1', cdnHost: 'events.shop.example/v1')`,
    httpsOnly: true,
    source: 'segmentio/analytics_flutter packages/core/lib/utils/http_client.dart',
    path: '/v1/b',
    headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'analytics-flutter/1.1.8' },
    body: (now, id) => ({
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          timestamp: microseconds(now),
          context: { ...onPhone('analytics-flutter', '1.1.8', 'ios'), instanceId: 'i-1' },
          integrations: {},
        }),
      ],
      // Dart writes local time without a zone.
      sentAt: withoutZone(now),
      writeKey,
    }),
  },
  {
    client: 'analytics-elixir 0.2 (community, Segment)',
    set: 'config :segment, api_url: "https://events.shop.example/v1/"',
    source: 'stueccles/analytics-elixir lib/segment/client/http.ex',
    path: '/v1/batch',
    headers: { ...json, ...basic, accept: 'application/json' },
    body: (now, id) => ({
      batch: [
        order(id, {
          sentAt: microseconds(now).replace('+00:00', 'Z'),
          timestamp: microseconds(now).replace('+00:00', 'Z'),
          context: {
            ...onServer,
            active: null,
            app: null,
            campaign: null,
            device: null,
            groupId: null,
            locale: null,
            location: null,
            network: null,
            os: null,
            referrer: null,
            screen: null,
            timezone: null,
            traits: null,
            library: { name: 'analytics_elixir', version: '0.2.7', transport: 'http' },
          },
        }),
      ],
    }),
  },
  {
    client: 'analytics-rust 0.2 (Segment)',
    set: 'HttpClient::new(client, "https://events.shop.example".into())',
    source: 'segmentio/analytics-rust src/http.rs',
    path: '/v1/track',
    headers: { ...json, ...basic },
    body: (now, id) => ({
      userId: 'u-1',
      event: 'Order Completed',
      properties,
      timestamp: nanoseconds(now),
      context: { ...onServer, ...library('analytics-rust', '0.2.0') },
      messageId: id,
    }),
  },
  {
    client: 'rudder-sdk-rust 1.1 (RudderStack)',
    set: 'RudderAnalytics::load(key, "https://events.shop.example".into())',
    source: 'rudderlabs/rudder-sdk-rust src/http.rs',
    path: '/v1/batch',
    headers: { ...json, ...basic },
    body: (now, id) => ({
      batch: [
        order(id, {
          originalTimestamp: nanoseconds(now),
          context: { ...onServer, ...library('rudderanalytics-rust', '1.1.4') },
          integrations: null,
        }),
      ],
      context: library('rudderanalytics-rust', '1.1.4'),
      originalTimestamp: nanoseconds(now),
    }),
  },
  {
    client: 'cdp-analytics-python 0.0.2 (Customer.io)',
    set: `analytics.host = 'https://events.shop.example'`,
    source: 'customerio/cdp-analytics-python customerio/analytics/request.py',
    path: '/v1/batch',
    headers: { ...json, ...basic, 'user-agent': 'analytics-python/0.0.2' },
    body: (now, id) => ({
      batch: [
        order(id, {
          anonymousId: null,
          integrations: {},
          timestamp: microseconds(now),
          context: { ...onServer, ...library('cdp-analytics-python', '0.0.2') },
        }),
      ],
      sentAt: microseconds(now),
    }),
  },
  {
    client: 'customerio-ios 3.9 (Customer.io)',
    set: 'SDKConfigBuilder(cdpApiKey: key).apiHost("events.shop.example/v1").cdnHost("events.shop.example/v1")',
    httpsOnly: true,
    source: 'customerio/cdp-analytics-swift Sources/Segment/Utilities/Networking/HTTPClient.swift',
    path: '/v1/b',
    headers: { 'content-type': 'application/json; charset=utf-8', ...basic },
    body: (now, id) => ({
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          timestamp: milliseconds(now),
          context: onPhone('analytics-swift', '1.7.3', 'ios'),
          integrations: {},
        }),
      ],
      sentAt: milliseconds(now),
      writeKey,
    }),
  },
  {
    client: 'customerio-android 4.7 (Customer.io)',
    set: 'CustomerIOBuilder(…).apiHost("events.shop.example/v1").cdnHost("events.shop.example/v1")',
    httpsOnly: true,
    source: 'customerio/cdp-analytics-kotlin core/src/main/java/com/segment/analytics/kotlin/core/HTTPClient.kt',
    path: '/v1/b',
    headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip', ...basic },
    gzip: true,
    body: (now, id) => ({
      batch: [
        order(id, {
          anonymousId: 'anonymous-1',
          timestamp: milliseconds(now),
          context: onPhone('analytics-kotlin', '1.16.3', 'android'),
          integrations: {},
        }),
      ],
      sentAt: milliseconds(now),
      writeKey,
    }),
  },
];

/** The bytes of a request, and its event under an id made of the client's name. */
export function bytesOf(
  { client, gzip, body }: ClientRequest,
  now: Date,
): { id: string; bytes: Uint8Array<ArrayBuffer> } {
  const id = `${client.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-1`;
  const text = JSON.stringify(body(now, id));
  return { id, bytes: new Uint8Array(gzip === true ? gzipSync(text) : Buffer.from(text)) };
}
