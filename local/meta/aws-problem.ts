/** What an AWS request failed of, and what to do next. The SDK's own texts hold names, never values of secrets. */
export interface AwsProblem {
  readonly reason: string;
  readonly fix: string;
}

const setUp = 'Set up the AWS environment: export AWS_PROFILE=… AWS_REGION=…';

/** By the SDK's error names; the first that fits counts. */
const fixes: readonly { readonly name: RegExp; readonly fix: string }[] = [
  { name: /CredentialsProvider|ExpiredToken|UnrecognizedClient|InvalidClientToken|InvalidSignature/, fix: setUp },
  {
    name: /AccessDenied|NotAuthorized/,
    fix: 'Use a role that may do this; docs/token.md and docs/doctor.md list the actions.',
  },
  {
    name: /ResourceNotFound|QueueDoesNotExist|NonExistentQueue/,
    fix: 'Deploy the environment first, `npm run deploy -- --env …`, and look whether account and region are the right ones.',
  },
];

export function awsProblem(error: unknown): AwsProblem {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (isRegionMissing(message)) return { reason: 'No AWS region is set.', fix: setUp };
  const fix = fixes.find((each) => each.name.test(name))?.fix ?? 'Check the network and try again.';
  return { reason: `${name}: ${message}`, fix };
}

/** Whether an error comes from the AWS SDK. */
export const isAwsError = (error: unknown): boolean =>
  error instanceof Error &&
  ('$metadata' in error || error.name === 'CredentialsProviderError' || isRegionMissing(error.message));

const isRegionMissing = (message: string): boolean => /region is missing/i.test(message);
