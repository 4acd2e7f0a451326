import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/**
 * Allows exactly these uses of a key; nothing to do without one. The key's own grants would add patterns such as
 * `kms:GenerateDataKey*`.
 */
export function grantKey(key: IKey | undefined, grantee: IGrantable, ...actions: readonly `kms:${string}`[]): void {
  if (key !== undefined) Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [key.keyArn] });
}
