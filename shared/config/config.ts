import * as z from 'zod';
import { conversionsApiNames } from './integration-names.ts';

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'use letters, digits, "_", "-" and "." only, at most 64 of them');

const webOrigin = /^https?:\/\//;
/**
 * Origins that apps give to the page that they carry within themselves: `capacitor://localhost`, `ionic://localhost`.
 */
const appOrigin = /^(?!(?:https?|ftp|wss?|file):)[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+(?::\d{1,5})?$/;
const subDomains = /^https?:\/\/\*\.(?=[^*]*\.)[^*]+$/;

/** As browsers write it, since an origin is compared letter by letter. `null` is what sandboxed frames and files have. */
function isOrigin(text: string): boolean {
  if (text === '*' || text === 'null' || appOrigin.test(text)) return true;
  const one = subDomains.test(text) ? text.replace('*.', 'any.') : text;
  return webOrigin.test(one) && !one.includes('*') && originOf(one) === one;
}

const originOf = (text: string): string | undefined => URL.parse(text)?.origin;

function originMessage(input: unknown): string {
  const text = String(input);
  const origin = originOf(text);
  if (text.includes('*'))
    return 'must be "*" alone, an origin such as https://shop.example, or https://*.shop.example for all names below it';
  return origin === undefined || !webOrigin.test(origin)
    ? 'must be an origin such as https://shop.example, one of an app such as capacitor://localhost, or null'
    : `must be an origin as browsers write it: ${origin}`;
}

/** Providers of which a list of addresses is published and kept in `functions/ingest/proxy-ranges.ts`. */
export const proxyProviders = ['cloudflare', 'cloudfront'] as const;

const addressRange = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)(?:\/\d{1,3})?$/i;

export const SourceConfig = z.strictObject({
  /** SHA-256 of each write key, in hex. Several while a key is being rotated. `npm run write-key` makes one. */
  writeKeyHashes: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of a write key, 64 lower-case hex digits'))
    .min(1),
  /** Names of the destinations that get this source's events. */
  destinations: z.array(name).min(1),
  /**
   * Origins of the sites whose browser libraries may send, such as `https://shop.example`, `https://*.shop.example` for all
   * names below that one, `capacitor://localhost` or `null` for apps, or `*`. Without it the source is for servers only and
   * browsers are refused.
   */
  allowedOrigins: z.array(z.string().refine(isOrigin, { error: ({ input }) => originMessage(input) })).optional(),
  /**
   * Names of the events (track calls) that may be sent with its keys; others are rejected. For keys that everybody can read, such
   * as a page's: without `Order Completed` in it, nobody can make up purchases. Other calls have no event name and pass.
   */
  events: z.array(z.string().min(1)).min(1).optional(),
  /**
   * Put before the message id of each of its events, and so before the event id that Meta gets, such as `web-`. It keeps a sender
   * who guesses ids from taking the place of another source's events. Not for a source whose events a Pixel sends as well,
   * unless the Pixel puts it before its `eventID` too.
   */
  messageIdPrefix: z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,40}$/, 'use letters, digits, "_", ".", ":" and "-" only, at most 40 of them')
    .optional(),
  /** Promises that something comes within so many hours, night and weekend included: an alarm rings when nothing does. */
  expectsTraffic: z.strictObject({ withinHours: z.int().min(1).max(24) }).optional(),
});
export type SourceConfig = z.infer<typeof SourceConfig>;

export const MappingConfig = z.strictObject({
  /** Unique within the destination; outcomes are counted under it. */
  name: z.string().min(1).max(100),
  /** Segment's FQL, e.g. `type = "track" and event = "Order Completed"`. Without it the action's default trigger applies. */
  trigger: z.string().optional(),
  action: z.string(),
  /** Values and directives, laid over the action's defaults field by field. */
  fields: z.record(z.string(), z.unknown()).default({}),
  /** `false` takes `fields` as the whole mapping, as an exported Segment mapping is. */
  defaults: z.boolean().default(true),
  enabled: z.boolean().default(true),
  syncMode: z.literal('add').default('add'),
});
export type MappingConfig = z.infer<typeof MappingConfig>;

/** The Meta Pixel of a site's pages, beside the events that the server sends. */
export const PixelConfig = z.strictObject({
  /**
   * The mappings whose events the page gives to the Pixel as well, under the same name and id: all of them, or these; `false`
   * where the page has a Pixel that does so by itself.
   */
  mirror: z.union([z.boolean(), z.array(z.string().min(1)).min(1)]),
  /** The page tells the Pixel before it tells the endpoint: Meta recognises some repetitions only in this order. */
  order: z.literal('browser first').default('browser first'),
  /** Let the Pixel send what it finds in the page by itself, such as clicks on buttons. */
  autoConfig: z.boolean().default(false),
  /** Shows the Pixel's events in Events Manager's Test Events. */
  testEventCode: z.string().min(1).optional(),
});
export type PixelConfig = z.infer<typeof PixelConfig>;

export const DestinationConfig = z.strictObject({
  /** Meta's dataset (formerly pixel) id: digits, kept as text. */
  datasetId: z.string().regex(/^\d{1,20}$/, 'must be a dataset id: digits only, as text'),
  /**
   * Name of the secret that holds the system user token, as plain text or `{"accessToken", "appSecret"}`. Or the ARN of
   * one that is there already.
   */
  accessTokenSecret: z
    .string()
    .regex(
      /^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[A-Za-z0-9/_+=.@-]{1,512}$/,
      'must be the name or ARN of a secret in Secrets Manager',
    ),
  graphVersion: z
    .string()
    .regex(/^v\d{2}\.\d$/, 'must look like v26.0')
    .default('v26.0'),
  /** Sends a share of the requests with another version of the Graph API, to try it out; the report counts both apart. */
  nextGraphVersion: z
    .strictObject({
      version: z.string().regex(/^v\d{2}\.\d$/, 'must look like v27.0'),
      percent: z.int().min(1).max(50),
    })
    .optional(),
  /** Shows the events in Events Manager's Test Events; they still count. A mapping may carry its own. */
  testEventCode: z.string().min(1).optional(),
  /** Groups offline uploads in Events Manager. */
  uploadTag: z.string().min(1).optional(),
  /** Name of the platform that sends, sent as `partner_agent`: the quality of its events can be asked for by it. */
  partnerAgent: z
    .string()
    .regex(
      /^(?=.*[A-Za-z].*[A-Za-z])[\x21-\x7e]{2,22}$/,
      'must have 2 to 22 characters without blanks, two of them letters',
    )
    .optional(),
  /** Names in an event's `integrations` object that mean this destination, besides its own. */
  integrationNames: z.array(z.string().min(1)).default([...conversionsApiNames]),
  /** Consent categories (`context.consent.categoryPreferences`) that a person must all have agreed to. */
  consentCategories: z.array(z.string().min(1)).default([]),
  /**
   * How long after it was received an event is sent, so that the same event of the browser's Pixel arrives first.
   * At most 900, SQS's longest delay.
   */
  deliverAfterSeconds: z.int().min(0).max(900).default(0),
  /** Refuse website events without a user agent or URL, whatever their action. */
  strict: z.boolean().default(false),
  /** Policy for email addresses and phone numbers outside `user_data`, where Meta forbids them. */
  personalData: z.enum(['remove', 'hash', 'send']).default('remove'),
  /**
   * Data that may leave, for health, finance and whoever must not tell what a visit is about: the part of a URL that is kept, the members
   * of custom data, and the events. Everything else is cut and counted (`restricted_data_removed`), ids with words in them become
   * digests, and other events are skipped (`event_restricted`).
   */
  minimise: z
    .strictObject({
      url: z.enum(['origin', 'path']).optional(),
      customData: z.array(z.string().min(1)).optional(),
      events: z.array(z.string().min(1)).min(1).optional(),
    })
    .optional(),
  /**
   * Limited Data Use for events that say nothing of it: `[["LDU"], country, state]`, where 0 lets Meta find the place;
   * `[[]]` says explicitly that there is no restriction.
   */
  dataProcessingOptions: z
    .union([
      z.tuple([z.array(z.literal('LDU'))]),
      z.tuple([z.array(z.literal('LDU')), z.int().nonnegative(), z.int().nonnegative()]),
    ])
    .optional(),
  /** Mirrors events of pages to the Meta Pixel; without it the pages' library sends to the server only. */
  pixel: PixelConfig.optional(),
  mappings: z.array(MappingConfig).min(1),
});
export type DestinationConfig = z.infer<typeof DestinationConfig>;

/** One environment's sources, destinations and mappings, as the file in `config/` says. */
export const Config = z.strictObject({
  sources: z.record(name, SourceConfig),
  destinations: z.record(name, DestinationConfig),
  /**
   * Proxies of yours in front of the endpoint, so that their addresses are never taken for a customer's: how many each request
   * passes through, or whose they are, as names of providers that publish their addresses and as ranges (`192.0.2.0/24`).
   */
  trustedProxies: z
    .union([
      z.int().min(0).max(5),
      z
        .array(
          z.union([
            z.enum(proxyProviders),
            z
              .string()
              .regex(addressRange, `must be one of ${proxyProviders.join(', ')} or a range such as 192.0.2.0/24`),
          ]),
        )
        .min(1),
    ])
    .optional(),
});
export type Config = z.infer<typeof Config>;
export type ConfigInput = z.input<typeof Config>;
