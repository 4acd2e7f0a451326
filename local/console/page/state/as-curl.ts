import type { DestinationView, Setup } from '../../server/wire.ts';

/** Command that sends an event to the endpoint once more, under its own message id. */
export const eventCurl = (event: unknown, { endpoint, writeKey }: Pick<Setup, 'endpoint' | 'writeKey'>): string =>
  [
    `curl ${quoted(`${endpoint}/v1/batch`)}`,
    `-u ${quoted(`${writeKey}:`)}`,
    "-H 'content-type: application/json'",
    `-d ${quoted(JSON.stringify({ batch: [event] }))}`,
  ].join(' \\\n  ');

/**
 * Command that sends a server event to the Graph API, with the token from the variable `META_TOKEN`.
 *
 * @param json the server event, byte for byte
 * @param graph origin of the Graph API
 */
export const graphCurl = (
  json: string,
  { datasetId, graphVersion, testEventCode }: Pick<DestinationView, 'datasetId' | 'graphVersion' | 'testEventCode'>,
  graph: string,
): string => {
  const code = testEventCode === undefined ? '' : `,"test_event_code":${JSON.stringify(testEventCode)}`;
  return [
    `curl ${quoted(`${graph.replace(/\/+$/, '')}/${graphVersion}/${datasetId}/events`)}`,
    '-H "authorization: Bearer $META_TOKEN"',
    "-H 'content-type: application/json'",
    `-d ${quoted(`{"data":[${json}]${code}}`)}`,
  ].join(' \\\n  ');
};

/** Text for a shell: whatever strangers sent stays one word. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
