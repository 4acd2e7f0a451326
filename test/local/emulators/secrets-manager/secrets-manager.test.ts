import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsServer, startAwsServer } from '../../../../local/emulators/aws/aws-server.ts';
import { secretsClient } from '../aws-fixture.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
let server: AwsServer;
let client: SecretsManagerClient;
let created = 0;

beforeAll(async () => {
  server = await startAwsServer({ now: () => now });
  client = secretsClient(server.url);
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const newName = () => {
  created += 1;
  return `conversions/test/secret-${created}`;
};

const read = (SecretId: string, more: { VersionId?: string; VersionStage?: string } = {}) =>
  client.send(new GetSecretValueCommand({ SecretId, ...more }));

const put = (SecretId: string, SecretString: string, more: { VersionStages?: string[]; token?: string } = {}) =>
  client.send(
    new PutSecretValueCommand({
      SecretId,
      SecretString,
      VersionStages: more.VersionStages,
      ...(more.token !== undefined && { ClientRequestToken: more.token }),
    }),
  );

describe('Secrets Manager', () => {
  it('gives a secret by name, by full ARN and by ARN without its random end', async () => {
    const name = newName();
    server.secrets.put(name, 'token-1');

    const byName = await read(name);
    const arn = byName.ARN ?? '';

    expect(arn).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:conversions\/test\/secret-\d+-\w{6}$/);
    expect(byName).toMatchObject({ Name: name, SecretString: 'token-1', VersionStages: ['AWSCURRENT'] });
    expect(byName.CreatedDate).toEqual(new Date(now));
    expect((await read(arn)).SecretString).toBe('token-1');
    expect((await read(arn.slice(0, -7))).SecretString).toBe('token-1');
  });

  it('keeps the previous version when a secret is rotated', async () => {
    const name = newName();
    server.secrets.put(name, 'token-1');
    const first = await read(name);

    await put(name, 'token-2');
    server.secrets.put(name, 'token-3');

    expect((await read(name)).SecretString).toBe('token-3');
    expect((await read(name, { VersionStage: 'AWSCURRENT' })).SecretString).toBe('token-3');
    expect((await read(name, { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('token-2');
    expect((await read(name, { VersionId: first.VersionId ?? '' })).SecretString).toBe('token-1');
  });

  it('prepares a version as pending, makes it current, and takes it back', async () => {
    const name = newName();
    server.secrets.put(name, 'old');
    const old = await read(name);
    const pending = await put(name, 'new', { VersionStages: ['AWSPENDING'] });
    const moveTo = (MoveToVersionId?: string, RemoveFromVersionId?: string) =>
      client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: name,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId,
          RemoveFromVersionId,
        }),
      );
    expect((await read(name)).SecretString).toBe('old');
    expect((await read(name, { VersionStage: 'AWSPENDING' })).SecretString).toBe('new');

    await expect(moveTo(pending.VersionId)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await moveTo(pending.VersionId, old.VersionId);
    expect((await read(name)).VersionStages?.sort()).toEqual(['AWSCURRENT', 'AWSPENDING']);
    expect((await read(name, { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('old');

    await moveTo(old.VersionId, pending.VersionId);
    expect((await read(name)).SecretString).toBe('old');
    await expect(moveTo(undefined, old.VersionId)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('keeps bytes as bytes', async () => {
    const name = newName();
    const SecretBinary = Uint8Array.of(0, 255, 7);

    await client.send(new CreateSecretCommand({ Name: name, SecretBinary }));

    expect((await read(name)).SecretBinary).toEqual(SecretBinary);
  });

  it('describes and lists secrets without their values', async () => {
    const name = newName();
    const secret = await client.send(
      new CreateSecretCommand({ Name: name, SecretString: 'x', Description: 'A token' }),
    );

    const described = await client.send(new DescribeSecretCommand({ SecretId: name }));
    const listed = await client.send(new ListSecretsCommand({}));

    expect(described).toMatchObject({
      ARN: secret.ARN,
      Name: name,
      Description: 'A token',
      LastChangedDate: new Date(now),
      VersionIdsToStages: { [secret.VersionId ?? '']: ['AWSCURRENT'] },
    });
    expect(listed.SecretList?.map(({ Name }) => Name)).toContain(name);
  });

  it('treats a repeated token as the same version, and refuses another value for it', async () => {
    const name = newName();
    server.secrets.put(name, 'old');
    const token = 'a'.repeat(32);

    const first = await put(name, 'new', { token });
    const second = await put(name, 'new', { token });

    expect([first.VersionId, second.VersionId]).toEqual([token, token]);
    await expect(put(name, 'other', { token })).rejects.toBeInstanceOf(ResourceExistsException);
  });

  it('throws the typed error of the SDK', async () => {
    const name = newName();
    server.secrets.put(name, 'x');

    await expect(read('conversions/none')).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(put('conversions/none', 'x')).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(read(name, { VersionStage: 'AWSPREVIOUS' })).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(read(name, { VersionId: 'b'.repeat(32) })).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(client.send(new CreateSecretCommand({ Name: name }))).rejects.toBeInstanceOf(ResourceExistsException);
  });

  it('refuses a version that is not at the stage asked for', async () => {
    const name = newName();
    server.secrets.put(name, 'x');
    const { VersionId = '' } = await read(name);

    await expect(read(name, { VersionId, VersionStage: 'AWSPENDING' })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
  });
});
