import { isObject, type JsonObject } from './event.ts';

/** Facts from a request's connection about its sender. */
export interface Connection {
  /** Whether a browser sent it: it names an origin, is a beacon or fetches an image. */
  readonly isBrowser: boolean;
  /** The sender's address, past proxies of ours; undefined when it is not known. */
  readonly address: () => string | undefined;
  readonly userAgent: string | undefined;
}

/**
 * Names that libraries on a customer's device put into `context.library.name`. What runs on servers as well is not among
 * them: for a server the connection's address would be the shop's own.
 */
const deviceLibraries: ReadonlySet<unknown> = new Set([
  // Browsers: Segment and Customer.io, RudderStack, Jitsu.
  'analytics.js',
  'RudderLabs JavaScript SDK',
  '@jitsu/js',
  'jitsu-js',
  // Phones and other devices: Segment and Customer.io.
  'analytics-ios',
  'analytics-android',
  'analytics-swift',
  'analytics-react-native',
  '@segment/analytics-react-native',
  'analytics-flutter',
  'analytics-roku',
  // RudderStack, whose libraries for React Native and Flutter send with the ones for Android and iOS.
  'rudder-ios-library',
  'com.rudderstack.ios.swift',
  'com.rudderstack.android.sdk.core',
  'com.rudderstack.android',
]);

/** These run on phones and on servers; what names a device runs on one. */
const librariesOfBoth: ReadonlySet<unknown> = new Set(['analytics-kotlin', 'Analytics-CSharp', 'Analytics.Xamarin']);

function runsOnDevice(context: JsonObject | undefined): boolean {
  if (context === undefined) return false;
  const { direct, library, device } = context;
  if (direct === true || direct === 'true') return true;
  const name = isObject(library) ? library['name'] : undefined;
  return deviceLibraries.has(name) || (librariesOfBoth.has(name) && isObject(device) && Object.keys(device).length > 0);
}

const isGiven = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/**
 * An event's context with the address, and for browsers the user agent, that it does not give itself, where the connection is
 * that of the customer's device. Segment does so too, for `context.direct` and its own browser and mobile libraries.
 */
export function withConnection(context: JsonObject | undefined, connection: Connection): JsonObject | undefined {
  const { isBrowser, userAgent } = connection;
  if (!isBrowser && !runsOnDevice(context)) return context;
  const address = isGiven(context?.['ip']) ? undefined : connection.address();
  const agent = !isBrowser || isGiven(context?.['userAgent']) ? undefined : userAgent;
  if (!address && !agent) return context;
  return { ...context, ...(address && { ip: address }), ...(agent && { userAgent: agent }) };
}
