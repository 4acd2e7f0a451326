import type * as z from 'zod';
import { AwsError } from './aws-error.ts';

/** Answers one request; `signal` is aborted when the client goes away before it has its answer. */
export type Operation = (body: unknown, signal: AbortSignal) => unknown;

/** Operations by their whole target, e.g. `AmazonSQS.SendMessage`. */
export type OperationTable = Readonly<Record<string, Operation>>;

/** Runs the operation of that target on a body that came as JSON. @throws AwsError */
export type Call = (target: string, body: unknown, signal: AbortSignal) => Promise<unknown>;

/** Checks the shape of a request before `run` sees it. Ranges and other rules of the service are up to `run`. */
export function operation<Schema extends z.ZodType>(
  schema: Schema,
  run: (input: z.infer<Schema>, signal: AbortSignal) => unknown,
): Operation {
  return (body, signal) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return run(parsed.data, signal);
    const issue = parsed.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    throw valueAt(body, issue?.path ?? []) === undefined
      ? new AwsError('MissingParameter', `The request must contain the parameter ${path}.`)
      : new AwsError('InvalidParameterValue', `The parameter ${path || '(body)'} is malformed: ${issue?.message}.`);
  };
}

const valueAt = (body: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], body);
