/** What all events of one request share: the members of the body beside `data`. */
export interface Envelope {
  readonly testEventCode?: string | undefined;
  readonly uploadTag?: string | undefined;
  readonly appSecretProof?: string | undefined;
}

/** What stands before the events in the body of a request to `/events`. */
export const opening = '{"data":[';

/** What stands behind them. */
export function closingOf({ testEventCode, uploadTag, appSecretProof }: Envelope): string {
  let members = ']';
  if (testEventCode !== undefined) members += `,"test_event_code":${JSON.stringify(testEventCode)}`;
  if (uploadTag !== undefined) members += `,"upload_tag":${JSON.stringify(uploadTag)}`;
  if (appSecretProof !== undefined) members += `,"appsecret_proof":${JSON.stringify(appSecretProof)}`;
  return `${members}}`;
}

/** The body as text, from server events already written as JSON, for previews. */
export const requestBody = (events: readonly string[], envelope: Envelope): string =>
  opening + events.join(',') + closingOf(envelope);
