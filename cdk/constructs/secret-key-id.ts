import type { PipelineContext } from './pipeline-context.ts';

/**
 * The key that a secret names. Left out, an update leaves a secret under the key that it had; so a retiring key is
 * replaced by name.
 */
export const secretKeyId = ({ key, retiringKey }: Pick<PipelineContext, 'key' | 'retiringKey'>): string | undefined =>
  key?.keyArn ?? (retiringKey && 'alias/aws/secretsmanager');
