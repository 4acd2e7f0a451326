import * as z from 'zod';
import { type OperationTable, operation } from '../aws/operation.ts';
import type { Secret, SecretStore, SecretVersion } from './secret-store.ts';

const SecretId = z.string();
const Value = z.object({ SecretString: z.string().optional(), SecretBinary: z.string().optional() });
const Token = z.string().optional();

/**
 * Secrets Manager, as far as reading and rotating a token needs it.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html
 */
export const secretsManagerOperations = (store: SecretStore): OperationTable => ({
  'secretsmanager.GetSecretValue': operation(
    z.object({ SecretId, VersionId: z.string().optional(), VersionStage: z.string().optional() }),
    (input) => {
      const secret = store.find(input.SecretId);
      const version = store.version(secret, { id: input.VersionId, stage: input.VersionStage });
      return { ...versionOf(secret, version), ...version.value, CreatedDate: seconds(version.createdAt) };
    },
  ),
  'secretsmanager.PutSecretValue': operation(
    Value.extend({ SecretId, ClientRequestToken: Token, VersionStages: z.array(z.string()).min(1).optional() }),
    ({ SecretString, SecretBinary, ...input }) => {
      const secret = store.find(input.SecretId);
      const value = { SecretString, SecretBinary };
      const version = store.put(secret, { value, token: input.ClientRequestToken, stages: input.VersionStages });
      return versionOf(secret, version);
    },
  ),
  'secretsmanager.CreateSecret': operation(
    Value.extend({ Name: z.string(), Description: z.string().optional(), ClientRequestToken: Token }),
    ({ SecretString, SecretBinary, ...input }) => {
      const secret = store.create(input.Name, input.Description);
      if (SecretString === undefined && SecretBinary === undefined) return { ARN: secret.arn, Name: secret.name };
      const { id } = store.put(secret, { value: { SecretString, SecretBinary }, token: input.ClientRequestToken });
      return { ARN: secret.arn, Name: secret.name, VersionId: id };
    },
  ),
  'secretsmanager.DescribeSecret': operation(z.object({ SecretId }), (input) => {
    const secret = store.find(input.SecretId);
    return { ...describe(secret), VersionIdsToStages: stagesOf(secret) };
  }),
  'secretsmanager.ListSecrets': operation(z.object({}), () => ({
    SecretList: store.list().map((secret) => ({ ...describe(secret), SecretVersionsToStages: stagesOf(secret) })),
  })),
  'secretsmanager.UpdateSecretVersionStage': operation(
    z.object({
      SecretId,
      VersionStage: z.string(),
      RemoveFromVersionId: z.string().optional(),
      MoveToVersionId: z.string().optional(),
    }),
    (input) => {
      const secret = store.find(input.SecretId);
      store.moveStage(secret, input.VersionStage, { from: input.RemoveFromVersionId, to: input.MoveToVersionId });
      return { ARN: secret.arn, Name: secret.name };
    },
  ),
});

// AWS JSON writes times as seconds since the epoch, with a fraction.
const seconds = (milliseconds: number): number => milliseconds / 1000;

const versionOf = (secret: Secret, version: SecretVersion) => ({
  ARN: secret.arn,
  Name: secret.name,
  VersionId: version.id,
  VersionStages: [...version.stages],
});

const describe = ({ arn, name, description, createdAt, changedAt }: Secret) => ({
  ARN: arn,
  Name: name,
  Description: description,
  CreatedDate: seconds(createdAt),
  LastChangedDate: seconds(changedAt),
});

const stagesOf = ({ versions }: Secret): Record<string, string[]> =>
  Object.fromEntries([...versions.values()].map(({ id, stages }) => [id, [...stages]]));
