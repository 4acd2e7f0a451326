/** What all events of one request share: the members of the body beside `data`. */
export interface Envelope {
  readonly testEventCode?: string | undefined;
  readonly uploadTag?: string | undefined;
  readonly appSecretProof?: string | undefined;
}

/** The body of a request to `/events`, from server events already written as JSON. Preview and delivery both write it here. */
export function requestBody(events: readonly string[], { testEventCode, uploadTag, appSecretProof }: Envelope): string {
  const members = [`"data":[${events.join(',')}]`];
  if (testEventCode !== undefined) members.push(`"test_event_code":${JSON.stringify(testEventCode)}`);
  if (uploadTag !== undefined) members.push(`"upload_tag":${JSON.stringify(uploadTag)}`);
  if (appSecretProof !== undefined) members.push(`"appsecret_proof":${JSON.stringify(appSecretProof)}`);
  return `{${members.join(',')}}`;
}
