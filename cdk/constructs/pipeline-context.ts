import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';

/** Facts that every part of one pipeline agrees on. */
export interface PipelineContext {
  readonly settings: EnvironmentSettings;
  /** Name of this deployment in the functions' logs and metrics. */
  readonly environmentName: string;
  /** Policy for queues, secrets, logs and the key when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
  /** Encrypts all of these; without it AWS's own keys do. */
  readonly key?: IKey | undefined;
  /** A key that encrypts nothing any more, under which there is still what was encrypted before. */
  readonly retiringKey?: IKey | undefined;
}
