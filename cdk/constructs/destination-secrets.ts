import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { grantKey } from './grant-key.ts';

export interface DestinationSecretsProps {
  /** Secrets Manager names; destinations may share one. */
  readonly names: readonly string[];
  readonly removalPolicy: RemovalPolicy;
  readonly key?: IKey | undefined;
}

/** The secrets that hold the system user tokens: made here, filled by a person. */
export class DestinationSecrets extends Construct {
  readonly #secrets: readonly CfnSecret[];
  readonly #key: IKey | undefined;

  constructor(scope: Construct, id: string, { names, removalPolicy, key }: DestinationSecretsProps) {
    super(scope, id);
    this.#key = key;

    this.#secrets = [...new Set(names)].sort().map((name) => {
      // `Secret` would generate a random value, which looks like a token until Meta refuses it. An empty secret says
      // that the token is still missing.
      const secret = new CfnSecret(this, name, {
        name,
        description: "System user token for Meta's Conversions API",
        ...(key && { kmsKeyId: key.keyArn }),
      });
      secret.applyRemovalPolicy(removalPolicy);
      Validations.of(secret).acknowledge({
        id: 'AwsSolutions-SMG4',
        reason: 'Only Meta issues system user tokens, to a person; no function can rotate them. A refused one alarms.',
      });
      return secret;
    });
  }

  /** Allows reading the values. */
  grantRead(grantee: IGrantable): void {
    for (const secret of this.#secrets) {
      Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [secret.ref] });
    }
    grantKey(this.#key, grantee, 'kms:Decrypt');
  }
}
