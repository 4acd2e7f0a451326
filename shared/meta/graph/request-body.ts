/** Members of a request's body beside `data`: all events of the request share them. */
export interface Envelope {
  readonly testEventCode?: string | undefined;
  readonly uploadTag?: string | undefined;
  readonly partnerAgent?: string | undefined;
  readonly appSecretProof?: string | undefined;
}

/** Text before the events in the body of a request to `/events`. */
export const opening = '{"data":[';

/** Rest of the body after the events. */
export function closingOf({ testEventCode, uploadTag, partnerAgent, appSecretProof }: Envelope): string {
  let members = ']';
  if (testEventCode !== undefined) members += `,"test_event_code":${JSON.stringify(testEventCode)}`;
  if (uploadTag !== undefined) members += `,"upload_tag":${JSON.stringify(uploadTag)}`;
  if (partnerAgent !== undefined) members += `,"partner_agent":${JSON.stringify(partnerAgent)}`;
  if (appSecretProof !== undefined) members += `,"appsecret_proof":${JSON.stringify(appSecretProof)}`;
  return `${members}}`;
}

/** The body as text, from server events already written as JSON, for previews. */
export const requestBody = (events: readonly string[], envelope: Envelope): string =>
  opening + events.join(',') + closingOf(envelope);
