import * as z from 'zod';
import { invalidParameter } from './sqs-error.ts';

/** When a message is given up, and to which queue. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

const RedrivePolicySchema = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

const RedriveAllowPolicy = z.object({
  redrivePermission: z.enum(['allowAll', 'denyAll', 'byQueue']),
  sourceQueueArns: z.array(z.string()).max(10).default([]),
});

/** @returns undefined when the attribute is missing */
export const readRedrivePolicy = (attribute: string | undefined): RedrivePolicy | undefined =>
  read('RedrivePolicy', RedrivePolicySchema, attribute);

/** Whether a queue with this `RedriveAllowPolicy` takes the dead letters of that source. */
export function allowsRedriveFrom(attribute: string | undefined, sourceArn: string): boolean {
  const policy = read('RedriveAllowPolicy', RedriveAllowPolicy, attribute);
  if (policy === undefined || policy.redrivePermission === 'allowAll') return true;
  return policy.redrivePermission === 'byQueue' && policy.sourceQueueArns.includes(sourceArn);
}

function read<T>(name: string, schema: z.ZodType<T>, attribute: string | undefined): T | undefined {
  if (!attribute) return undefined;
  const parsed = schema.safeParse(JSON.parse(attribute));
  if (parsed.success) return parsed.data;
  throw invalidParameter(
    name,
    parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
  );
}
