/**
 * Pattern of the tag that Meta's parameter builder puts after a dot behind values it made: eight base64url characters,
 * or two in older releases. Such values are forwarded unchanged; the pipeline never makes a tag itself.
 *
 * @see https://github.com/facebook/capi-param-builder
 */
export const appendix = '(?:[A-Za-z0-9_-]{8}|A[Qgw]|B[AQg])';
