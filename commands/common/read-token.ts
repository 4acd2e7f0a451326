import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { readTokenSecret } from '../../shared/meta/graph/parse-token.ts';
import type { DestinationToken } from '../../shared/queue/ports.ts';
import type { Problem } from '../kit/report-errors.ts';
import { awsProblem, startWithIt } from './aws-problem.ts';
import type { Services } from './services.ts';

export type SecretReading =
  | { readonly ok: true; readonly token: DestinationToken; readonly versionId: string; readonly text: string }
  | { readonly ok: false; readonly problem: Problem };

/** Reads the token that has a staging label. Never throws for what AWS does, never shows a value. */
export async function readSecretToken(
  { deployment, secrets }: Pick<Services, 'deployment' | 'secrets'>,
  secret: string,
  stage: 'AWSCURRENT' | 'AWSPREVIOUS' | 'AWSPENDING' = 'AWSCURRENT',
): Promise<SecretReading> {
  try {
    const command = new GetSecretValueCommand({ SecretId: secret, VersionStage: stage });
    const { SecretString: text = '', VersionId: versionId = '' } = await secrets.send(command);
    const token = readTokenSecret(text);
    if (token !== undefined) return { ok: true, token, versionId, text };
    return { ok: false, problem: { reason: `The secret ${secret} holds no token.`, fix: setToken } };
  } catch (error) {
    // AWS answers the same for a secret that does not exist and for one that has no value yet.
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) {
      return { ok: false, problem: awsProblem(error, deployment) };
    }
    const reason = `The secret ${secret} does not exist or has no value.`;
    return { ok: false, problem: { reason, fix: deployment === 'local' ? startWithIt : deployAndSet } };
  }
}

const setToken = 'Put a token in place with `npm run token:set`.';
const deployAndSet = `Deploy if that was not done yet, then put a token in place with \`npm run token:set\`.`;
