/** What an AWS request failed of, and what to do next. The SDK's own texts hold names, never values of secrets. */
export interface AwsProblem {
  readonly reason: string;
  readonly fix: string;
}

const setUp = 'Set up the AWS environment: export AWS_PROFILE=… AWS_REGION=…';

const missing = /ResourceNotFound|QueueDoesNotExist|NonExistentQueue/;

/** By the SDK's error names; the first that fits counts. */
const fixes: readonly { readonly name: RegExp; readonly fix: string }[] = [
  { name: /CredentialsProvider|ExpiredToken|UnrecognizedClient|InvalidClientToken|InvalidSignature/, fix: setUp },
  {
    name: /AccessDenied|NotAuthorized/,
    fix: 'Use a role that may do this; docs/token.md and docs/doctor.md list the actions.',
  },
  {
    name: missing,
    fix: 'Deploy the environment first, `npm run deploy -- --env …`, and look whether account and region are the right ones.',
  },
];

/** The local runtime makes every queue, and a secret for each destination, when it starts. */
export const startWithIt =
  'Start `npm start` with the configuration that names it, CONFIG=… npm start, or run this command without CONFIG.';

/** @param environment `local`, or one of `config/` */
export function awsProblem(error: unknown, environment?: string): AwsProblem {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (isRegionMissing(message)) return { reason: 'No AWS region is set.', fix: setUp };
  const reason = `${name}: ${message}`;
  if (environment === 'local' && missing.test(name)) return { reason, fix: startWithIt };
  const fix = fixes.find((each) => each.name.test(name))?.fix ?? 'Check the network and try again.';
  return { reason, fix };
}

/** Whether an error comes from the AWS SDK. */
export const isAwsError = (error: unknown): boolean =>
  error instanceof Error &&
  ('$metadata' in error || error.name === 'CredentialsProviderError' || isRegionMissing(error.message));

const isRegionMissing = (message: string): boolean => /region is missing/i.test(message);
