import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';

/** What every part of one pipeline agrees on. */
export interface PipelineContext {
  readonly settings: EnvironmentSettings;
  /** What the functions call this deployment in logs and metrics. */
  readonly environmentName: string;
  /** What happens to queues, secrets, logs and the key when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
  /** Encrypts all of these; without it AWS's own keys do. */
  readonly key?: IKey | undefined;
  /** A key that encrypts nothing any more, under which there is still what was encrypted before. */
  readonly retiringKey?: IKey | undefined;
}
