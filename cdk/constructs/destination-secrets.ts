import { Arn, ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { isArn } from './arn.ts';
import { grantKey } from './grant-key.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { secretKeyId } from './secret-key-id.ts';

export interface DestinationSecretsProps extends PipelineContext {
  /** Names or ARNs in Secrets Manager; destinations may share one. */
  readonly names: readonly string[];
}

/** The secrets that hold the system user tokens: made here and filled by a person, or there already. */
export class DestinationSecrets extends Construct {
  /** ARNs, or patterns of them, of the values that may be read. */
  readonly #arns: readonly string[];
  /** ARNs of other people's keys that existing secrets are encrypted with. */
  readonly #keyArns: readonly string[];
  readonly #key: PipelineContext['key'];

  constructor(scope: Construct, id: string, props: DestinationSecretsProps) {
    super(scope, id);
    const { existingSecrets = {} } = props.settings;
    this.#key = props.key ?? props.retiringKey;
    const names = [...new Set(props.names)].sort();
    this.#keyArns = [...new Set(names.flatMap((name) => existingSecrets[name]?.keyArn ?? []))];

    this.#arns = names.map((name) => {
      if (isArn(name)) return name;
      if (Object.hasOwn(existingSecrets, name)) return this.#arnOf(name);
      return this.#make(name, props).ref;
    });
  }

  /** Allows reading the values. */
  grantRead(grantee: IGrantable): void {
    for (const arn of this.#arns) {
      Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [arn] });
    }
    grantKey(this.#key, grantee, 'kms:Decrypt');
    if (this.#keyArns.length > 0) {
      Grant.addToPrincipal({ grantee, actions: ['kms:Decrypt'], resourceArns: [...this.#keyArns] });
    }
  }

  /** Secrets Manager ends every ARN with six characters of its own. */
  #arnOf(name: string): string {
    return Arn.format(
      {
        service: 'secretsmanager',
        resource: 'secret',
        resourceName: `${name}-??????`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      },
      Stack.of(this),
    );
  }

  #make(name: string, props: DestinationSecretsProps): CfnSecret {
    const kmsKeyId = secretKeyId(props);
    // `Secret` would generate a random value, which looks like a token until Meta refuses it. An empty secret says
    // that the token is still missing.
    const secret = new CfnSecret(this, name, {
      name,
      description: "System user token for Meta's Conversions API",
      ...(kmsKeyId !== undefined && { kmsKeyId }),
    });
    secret.applyRemovalPolicy(props.removalPolicy);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Only Meta issues system user tokens, to a person; no function can rotate them. A refused one alarms.',
    });
    return secret;
  }
}
