import { graphVersionEnds, hasGraphVersionEnded } from '../../shared/meta/graph/graph-versions.ts';

const known: readonly string[] = Object.keys(graphVersionEnds);
const numberOf = (version: string): number => Number(version.slice(1));
const newest = Math.max(...known.map(numberOf));

/** Whether there is, or was, such a version. */
export const isVersion = (text: string): boolean => /^v[1-9]\d?\.\d$/.test(text) && numberOf(text) <= newest;

/**
 * The version that answers: the asked one, or the oldest that is left when that one has expired.
 *
 * @see https://developers.facebook.com/docs/graph-api/guides/versioning
 */
export const servedVersion = (asked: string, now: Date): string =>
  hasGraphVersionEnded(asked, now) ? (known.find((version) => !hasGraphVersionEnded(version, now)) ?? asked) : asked;

/** Headers that say which version answered, and warn when it is another than the asked one. */
export function versionHeaders(asked: string, now: Date): Record<string, string> {
  const served = servedVersion(asked, now);
  return {
    'facebook-api-version': served,
    ...(served !== asked && {
      'x-ad-api-version-warning': `The call has been auto-upgraded to ${served} as ${asked} has been deprecated.`,
    }),
  };
}
