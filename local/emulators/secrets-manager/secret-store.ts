import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError } from '../aws/aws-error.ts';

/** Text, or bytes in base64. */
export interface SecretValue {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: string | undefined;
}

export interface SecretVersion {
  readonly id: string;
  readonly value: SecretValue;
  readonly createdAt: number;
  readonly stages: Set<string>;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly createdAt: number;
  changedAt: number;
  readonly versions: Map<string, SecretVersion>;
}

export interface VersionChoice {
  readonly id?: string | undefined;
  readonly stage?: string | undefined;
}

export interface NewVersion {
  readonly value: SecretValue;
  /** Becomes the version's id, so that a repeated request is the same version. */
  readonly token?: string | undefined;
  readonly stages?: readonly string[] | undefined;
}

const current = 'AWSCURRENT';
const previous = 'AWSPREVIOUS';

/** Secrets, their versions and staging labels, in memory. */
export class SecretStore {
  readonly #region: string;
  readonly #now: () => number;
  readonly #secrets = new Map<string, Secret>();

  constructor({ region, now }: { region: string; now: () => number }) {
    this.#region = region;
    this.#now = now;
  }

  list(): Secret[] {
    return [...this.#secrets.values()];
  }

  /** @param id name, ARN, or ARN without its random end */
  find(id: string): Secret {
    const secret =
      this.#secrets.get(id) ?? this.list().find(({ arn }) => arn === id || arn.slice(0, -'-abcdef'.length) === id);
    if (secret) return secret;
    throw new AwsError('ResourceNotFoundException', `There is no secret ${id}.`);
  }

  create(name: string, description?: string): Secret {
    if (!/^[\w/+=.@-]{1,512}$/.test(name)) throw new AwsError('InvalidParameterException', 'Invalid secret name.');
    if (this.#secrets.has(name)) throw new AwsError('ResourceExistsException', `The secret ${name} exists already.`);
    const createdAt = this.#now();
    const arn = `arn:aws:secretsmanager:${this.#region}:000000000000:secret:${name}-${randomBytes(3).toString('hex')}`;
    const secret: Secret = { name, arn, description, createdAt, changedAt: createdAt, versions: new Map() };
    this.#secrets.set(name, secret);
    return secret;
  }

  put(secret: Secret, { value, token = randomUUID(), stages = [current] }: NewVersion): SecretVersion {
    if ((value.SecretString === undefined) === (value.SecretBinary === undefined)) {
      throw new AwsError('InvalidParameterException', 'Exactly one of SecretString and SecretBinary must be given.');
    }
    const present = secret.versions.get(token);
    if (present && !sameValue(present.value, value)) {
      throw new AwsError('ResourceExistsException', `The version ${token} exists with another value.`);
    }
    const version = present ?? { id: token, value, createdAt: this.#now(), stages: new Set<string>() };
    secret.versions.set(token, version);
    const labels = versionWith(secret, current) ? stages : [...stages, current];
    for (const stage of labels) attach(secret, version, stage);
    secret.changedAt = this.#now();
    return version;
  }

  version(secret: Secret, { id, stage }: VersionChoice): SecretVersion {
    const version = id === undefined ? versionWith(secret, stage ?? current) : secret.versions.get(id);
    if (version === undefined) {
      throw new AwsError('ResourceNotFoundException', `${secret.name} has no version ${id ?? stage ?? current}.`);
    }
    if (stage === undefined || version.stages.has(stage)) return version;
    throw new AwsError('InvalidRequestException', `The version ${version.id} is not at the stage ${stage}.`);
  }

  /** Moves a label; `from` must name the version that has it, if one does. */
  moveStage(secret: Secret, stage: string, { from, to }: { from?: string | undefined; to?: string | undefined }): void {
    const holder = versionWith(secret, stage);
    if (holder && holder.id !== to && holder.id !== from) {
      throw new AwsError('InvalidParameterException', `${stage} is attached to ${holder.id}: name it to be removed.`);
    }
    if (from !== undefined && holder?.id !== from) {
      throw new AwsError('InvalidParameterException', `${stage} is not attached to ${from}.`);
    }
    if (to !== undefined) attach(secret, this.version(secret, { id: to }), stage);
    else if (stage === current) throw new AwsError('InvalidParameterException', `${current} can only be moved.`);
    else holder?.stages.delete(stage);
    secret.changedAt = this.#now();
  }
}

const versionWith = ({ versions }: Secret, stage: string): SecretVersion | undefined =>
  versions.values().find(({ stages }) => stages.has(stage));

/** A label sits on one version; what loses `AWSCURRENT` becomes `AWSPREVIOUS`. */
function attach(secret: Secret, version: SecretVersion, stage: string): void {
  const holder = versionWith(secret, stage);
  if (holder === version) return;
  holder?.stages.delete(stage);
  version.stages.add(stage);
  if (holder && stage === current) attach(secret, holder, previous);
}

const sameValue = (a: SecretValue, b: SecretValue): boolean =>
  a.SecretString === b.SecretString && a.SecretBinary === b.SecretBinary;
