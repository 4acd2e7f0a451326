import { join } from 'node:path';
import { Duration, SecretValue, Validations } from 'aws-cdk-lib';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { BundledFunction } from './bundled-function.ts';
import { grantKey } from './grant-key.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { secretKeyId } from './secret-key-id.ts';

/** The secret header that CloudFront adds and, once that is enforced, the function that refuses what does not carry it. */
export class OriginGuard extends Construct {
  readonly headerName = 'x-origin-secret';
  /** Value that the header must hold, filled in when the stack is deployed. */
  readonly headerValue: SecretValue;
  /** With `enforce`: of every route. */
  readonly authorizer: HttpLambdaAuthorizer | undefined;

  constructor(scope: Construct, id: string, props: PipelineContext) {
    super(scope, id);

    const kmsKeyId = secretKeyId(props);
    // `Secret` would add patterns such as `kms:GenerateDataKey*` to the policy of the key.
    const secret = new CfnSecret(this, 'Secret', {
      description: 'What CloudFront adds to requests so that the API knows them',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      ...(kmsKeyId !== undefined && { kmsKeyId }),
    });
    secret.applyRemovalPolicy(props.removalPolicy);
    this.headerValue = SecretValue.secretsManager(secret.ref);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Rotating it would refuse events while CloudFront rolls the new value out; a deployment can replace it.',
    });

    this.authorizer = props.settings.firewall?.enforce === true ? this.#check(secret, props) : undefined;
  }

  #check(secret: CfnSecret, props: PipelineContext): HttpLambdaAuthorizer {
    const { target, handler } = new BundledFunction(this, 'Check', {
      ...props,
      description: 'Refuses requests that did not come through the firewall',
      bundle: join(import.meta.dirname, 'origin-check'),
      memoryMb: 256,
      timeoutSeconds: 5,
      recursiveLoop: RecursiveLoop.TERMINATE,
      environment: { SECRET_ARN: secret.ref },
    });
    Grant.addToPrincipal({
      grantee: handler,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [secret.ref],
    });
    grantKey(props.key ?? props.retiringKey, handler, 'kms:Decrypt');

    return new HttpLambdaAuthorizer('OriginCheck', target, {
      identitySource: [`$request.header.${this.headerName}`],
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      // The longest there is: one value is right, and its answer does not change.
      resultsCacheTtl: Duration.hours(1),
    });
  }
}
