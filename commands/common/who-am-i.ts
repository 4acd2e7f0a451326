import { hostname, userInfo } from 'node:os';
import type { AwsAccess } from './services.ts';

/** The user of this machine, `jo@laptop`. */
export function userHere(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    // A container may run under a number that has no name.
    return `somebody@${hostname()}`;
  }
}

/** Whose credentials these are in AWS, and who uses them here: `arn:aws:sts::…:assumed-role/… (jo@laptop)`. */
export async function whoAmI(aws: AwsAccess): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const sts = new STSClient(aws);
  try {
    const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return Arn === '' ? userHere() : `${Arn} (${userHere()})`;
  } catch {
    return userHere();
  } finally {
    sts.destroy();
  }
}
