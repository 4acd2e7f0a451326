/** One step of a price: what it is up to a number of units a month, counted from the first. */
export interface Tier {
  readonly upTo: number;
  readonly usd: number;
}

export interface Price {
  /** Unit that `usd` buys one of. */
  readonly unit: string;
  readonly tiers: readonly [Tier, ...Tier[]];
  readonly source: string;
}

const million = 1e6;
const flat = (usd: number): readonly [Tier] => [{ upTo: Number.POSITIVE_INFINITY, usd }];

const gateway = 'https://aws.amazon.com/api-gateway/pricing/';
const lambda = 'https://aws.amazon.com/lambda/pricing/';
const sqs = 'https://aws.amazon.com/sqs/pricing/';
const cloudWatch = 'https://aws.amazon.com/cloudwatch/pricing/';
const secretsManager = 'https://aws.amazon.com/secrets-manager/pricing/';
const kms = 'https://aws.amazon.com/kms/pricing/';
const xray = 'https://aws.amazon.com/xray/pricing/';
const waf = 'https://aws.amazon.com/waf/pricing/';
const cloudFront = 'https://aws.amazon.com/cloudfront/pricing/';
const firehose = 'https://aws.amazon.com/firehose/pricing/';
const s3 = 'https://aws.amazon.com/s3/pricing/';
const ec2 = 'https://aws.amazon.com/ec2/pricing/on-demand/';

export const priceRegion = 'us-east-1';
export const pricesCheckedOn = '2026-11-22';

/** AWS list prices in US dollars, per single unit and month, without free tiers, discounts and taxes. */
export const prices = {
  httpApiRequest: {
    unit: 'request of up to 512 KB',
    tiers: [
      { upTo: 300 * million, usd: 1 / million },
      { upTo: Number.POSITIVE_INFINITY, usd: 0.9 / million },
    ],
    source: gateway,
  },
  lambdaRequest: { unit: 'invocation', tiers: flat(0.2 / million), source: lambda },
  lambdaArmGbSecond: {
    unit: 'GB-second on arm64',
    tiers: [
      { upTo: 7.5e9, usd: 0.0000133334 },
      { upTo: 18.75e9, usd: 0.0000120001 },
      { upTo: Number.POSITIVE_INFINITY, usd: 0.0000106667 },
    ],
    source: lambda,
  },
  sqsRequest: {
    unit: 'request per 64 KB, standard queue',
    tiers: [
      { upTo: 100e9, usd: 0.4 / million },
      { upTo: 200e9, usd: 0.3 / million },
      { upTo: Number.POSITIVE_INFINITY, usd: 0.24 / million },
    ],
    source: sqs,
  },
  sqsFairQueueRequest: { unit: 'request with a message group', tiers: flat(0.1 / million), source: sqs },
  secret: { unit: 'secret', tiers: flat(0.4), source: secretsManager },
  secretRead: { unit: 'call', tiers: flat(0.05 / 10_000), source: secretsManager },
  logGb: {
    unit: 'GB taken in',
    tiers: [
      { upTo: 10 * 1024, usd: 0.5 },
      { upTo: 30 * 1024, usd: 0.25 },
      { upTo: 50 * 1024, usd: 0.1 },
      { upTo: Number.POSITIVE_INFINITY, usd: 0.05 },
    ],
    source: cloudWatch,
  },
  logGbStored: { unit: 'GB stored, compressed', tiers: flat(0.03), source: cloudWatch },
  customMetric: {
    unit: 'metric',
    tiers: [
      { upTo: 10_000, usd: 0.3 },
      { upTo: 250_000, usd: 0.1 },
      { upTo: 1_000_000, usd: 0.05 },
      { upTo: Number.POSITIVE_INFINITY, usd: 0.02 },
    ],
    source: cloudWatch,
  },
  alarmMetric: { unit: 'metric that an alarm watches', tiers: flat(0.1), source: cloudWatch },
  dashboard: { unit: 'dashboard', tiers: flat(3), source: cloudWatch },
  gbOut: {
    unit: 'GB to the internet',
    tiers: [
      { upTo: 10 * 1024, usd: 0.09 },
      { upTo: 50 * 1024, usd: 0.085 },
      { upTo: 150 * 1024, usd: 0.07 },
      { upTo: Number.POSITIVE_INFINITY, usd: 0.05 },
    ],
    source: ec2,
  },
  gbIn: { unit: 'GB from the internet', tiers: flat(0), source: ec2 },
  firehoseGb: {
    unit: 'GB taken in, each record rounded up to 5 KB',
    tiers: [
      { upTo: 500 * 1024, usd: 0.029 },
      { upTo: 2_000 * 1024, usd: 0.025 },
      { upTo: Number.POSITIVE_INFINITY, usd: 0.02 },
    ],
    source: firehose,
  },
  s3GbStored: { unit: 'GB stored', tiers: flat(0.023), source: s3 },
  athenaGb: {
    unit: 'GB read',
    tiers: flat(5 / 1_024),
    source: 'https://aws.amazon.com/athena/pricing/',
  },
  s3Put: { unit: 'object written', tiers: flat(0.005 / 1_000), source: s3 },
  kmsKey: { unit: 'key', tiers: flat(1), source: kms },
  kmsUse: { unit: 'use of a key', tiers: flat(0.03 / 10_000), source: kms },
  trace: { unit: 'trace recorded', tiers: flat(5 / million), source: xray },
  webAcl: { unit: 'web ACL', tiers: flat(5), source: waf },
  webAclRule: { unit: 'rule', tiers: flat(1), source: waf },
  webAclRequest: { unit: 'request inspected', tiers: flat(0.6 / million), source: waf },
  cloudFrontGbToOrigin: { unit: 'GB from CloudFront to the API', tiers: flat(0.02), source: cloudFront },
  cloudFrontGbOut: {
    unit: 'GB from CloudFront to clients',
    tiers: [
      { upTo: 10 * 1024, usd: 0.085 },
      { upTo: 50 * 1024, usd: 0.08 },
      { upTo: 150 * 1024, usd: 0.06 },
      { upTo: Number.POSITIVE_INFINITY, usd: 0.04 },
    ],
    source: cloudFront,
  },
  cloudFrontRequest: { unit: 'HTTPS request', tiers: flat(0.01 / 10_000), source: cloudFront },
} satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;

/** Cost of a number of units in a month, each tier at its own price. */
export function costOf(units: number, { tiers }: Price): number {
  let from = 0;
  let usd = 0;
  for (const tier of tiers) {
    usd += Math.max(0, Math.min(units, tier.upTo) - from) * tier.usd;
    from = tier.upTo;
  }
  return usd;
}
