import type { TokenSecret, Versions } from './token-rotation.ts';

/** How a rotation ended; only `promoted` changed what the functions read. */
export type Rotation =
  | { readonly outcome: 'promoted'; readonly hasPrevious: boolean }
  | { readonly outcome: 'refused' | 'overtaken' };

/**
 * Puts a new token beside the current one, has it verified, and only then makes it current. Whatever goes wrong on the
 * way, the functions go on with the old one.
 *
 * @param current the version that the functions read now
 * @param verify whether the token may become current
 * @throws the SDK's error
 */
export async function rotate(
  secret: TokenSecret,
  { current }: Versions,
  text: string,
  verify: () => Promise<boolean>,
): Promise<Rotation> {
  if (current === undefined) {
    // The first value of a secret is current at once, whatever its label, so it is verified before it is stored.
    if (!(await verify())) return { outcome: 'refused' };
    await dropQuietly(secret, await secret.putPending(text));
    return { outcome: 'promoted', hasPrevious: false };
  }
  const pending = await secret.putPending(text);
  try {
    if (!(await verify())) return { outcome: 'refused' };
    return await promote(secret, pending, current);
  } finally {
    await dropQuietly(secret, pending);
  }
}

/** Makes the version `previous` current again, once it is verified; the current one becomes the previous. */
export const rollBack = async (
  secret: TokenSecret,
  current: string,
  previous: string,
  verify: () => Promise<boolean>,
): Promise<Rotation> => ((await verify()) ? promote(secret, previous, current) : { outcome: 'refused' });

async function promote(secret: TokenSecret, version: string, instead: string): Promise<Rotation> {
  try {
    await secret.makeCurrent(version, instead);
    return { outcome: 'promoted', hasPrevious: true };
  } catch (error) {
    // AWS moves the label only from the version that is named, so that two people cannot undo each other unseen.
    if ((await secret.versions()).current !== instead) return { outcome: 'overtaken' };
    throw error;
  }
}

/** Somebody else's rotation may have taken the label over; without it or with it, nobody reads a pending token. */
async function dropQuietly(secret: TokenSecret, version: string): Promise<void> {
  await secret.dropPending(version).catch(() => {});
}
