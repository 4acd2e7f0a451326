import type { Problem } from '../kit/report-errors.ts';

/** How a terminal gets credentials. */
export const setUp = 'Set up the AWS environment: export AWS_PROFILE=… AWS_REGION=…, after aws sso login';

const missing = /ResourceNotFound|QueueDoesNotExist|NonExistentQueue/;

/** By the SDK's error names; the first that fits counts. */
const fixes: readonly { readonly name: RegExp; readonly fix: string }[] = [
  { name: /CredentialsProvider|ExpiredToken|UnrecognizedClient|InvalidClientToken|InvalidSignature/, fix: setUp },
  {
    name: /AccessDenied|NotAuthorized/,
    fix: 'Use a role that may do this; docs/token.md, docs/doctor.md and docs/dead-letters.md list the actions.',
  },
  {
    name: missing,
    fix: 'Deploy first, `npm run deploy -- --env …`, and look whether account and region are the right ones.',
  },
];

/** The local runtime makes every queue, and a secret for each destination, when it starts. */
export const startWithIt =
  'Start `npm start` with the configuration that names it, CONFIG=… npm start, or run this command without CONFIG.';

/** Why an AWS request failed, and what to do next. The SDK's own texts hold names, never values of secrets. */
export function awsProblem(error: unknown, deployment?: string): Problem {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (isRegionMissing(message)) return { reason: 'No AWS region is set.', fix: setUp };
  const reason = `${name}: ${message}`;
  if (deployment === 'local' && missing.test(name)) return { reason, fix: startWithIt };
  const fix = fixes.find((each) => each.name.test(name))?.fix ?? 'Check the network and try again.';
  return { reason, fix };
}

/** Whether an error comes from the AWS SDK. */
export const isAwsError = (error: unknown): boolean =>
  error instanceof Error &&
  ('$metadata' in error || error.name === 'CredentialsProviderError' || isRegionMissing(error.message));

const isRegionMissing = (message: string): boolean => /region is missing/i.test(message);
