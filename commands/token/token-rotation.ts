import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';

/** Which version of a secret has which staging label; undefined where none has. */
export interface Versions {
  readonly current: string | undefined;
  readonly previous: string | undefined;
}

/**
 * A secret that holds a token, as rotation needs it. Every method throws the SDK's error.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/getting-started.html#term_version
 */
export interface TokenSecret {
  versions(): Promise<Versions>;
  /** Stores a value beside the current one, as `AWSPENDING`. The first value of a secret becomes current at once. @returns its version */
  putPending(text: string): Promise<string>;
  /** Takes the label off again; AWS deletes a version without labels by and by. */
  dropPending(version: string): Promise<void>;
  /** Moves `AWSCURRENT`; the version that had it becomes `AWSPREVIOUS`. Fails when another one has become current since. */
  makeCurrent(version: string, instead: string): Promise<void>;
}

const pending = 'AWSPENDING';

export function tokenSecret(client: SecretsManagerClient, name: string): TokenSecret {
  return {
    async versions() {
      const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: name }));
      const withLabel = (label: string): string | undefined =>
        Object.entries(VersionIdsToStages).find(([, labels]) => labels.includes(label))?.[0];
      return { current: withLabel('AWSCURRENT'), previous: withLabel('AWSPREVIOUS') };
    },
    async putPending(text) {
      const command = new PutSecretValueCommand({ SecretId: name, SecretString: text, VersionStages: [pending] });
      const { VersionId } = await client.send(command);
      if (VersionId === undefined) throw new Error(`Secrets Manager named no version of ${name}.`);
      return VersionId;
    },
    async dropPending(version) {
      const move = { SecretId: name, VersionStage: pending, RemoveFromVersionId: version };
      await client.send(new UpdateSecretVersionStageCommand(move));
    },
    async makeCurrent(version, instead) {
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: name,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: version,
          RemoveFromVersionId: instead,
        }),
      );
    },
  };
}
