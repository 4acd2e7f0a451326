import type { RemovalPolicy } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface DestinationSecretsProps {
  /** Secrets Manager names, each once. */
  readonly names: readonly string[];
  readonly removalPolicy: RemovalPolicy;
}

/** The secrets that hold the system user tokens: made here, filled by a person. */
export class DestinationSecrets extends Construct {
  readonly #secrets: readonly CfnSecret[];

  constructor(scope: Construct, id: string, { names, removalPolicy }: DestinationSecretsProps) {
    super(scope, id);

    this.#secrets = names.map((name) => {
      // `Secret` would generate a random value, which looks like a token until Meta refuses it. An empty secret says
      // that the token is still missing.
      const secret = new CfnSecret(this, name, { name, description: "System user token for Meta's Conversions API" });
      secret.applyRemovalPolicy(removalPolicy);
      return secret;
    });
  }

  /** Allows reading the values. */
  grantRead(grantee: IGrantable): void {
    for (const secret of this.#secrets) {
      Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [secret.ref] });
    }
  }
}
