import type { Read, ReceivedRequest } from './graph-api.ts';

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const problem = ({ code, subcode, message }: NonNullable<ReceivedRequest['error']>): string =>
  `${[code, subcode].filter((part) => part !== undefined).join('/')} ${message}`;

/** One line on a request that sent events: what came, and what became of it. Nothing of the events themselves. */
export function describeRequest(request: ReceivedRequest): string {
  const { status, graphVersion, datasetId, events, duplicates, error, testEventCode, warnings = [], fault } = request;
  const parts = [
    count(events.length, 'event'),
    ...(duplicates > 0 ? [count(duplicates, 'duplicate')] : []),
    ...(testEventCode === undefined ? [] : [`test event code ${JSON.stringify(testEventCode)}`]),
    ...(fault === undefined ? [] : [`fault ${fault}${request.stored ? ' after storing' : ''}`]),
    ...(error === undefined ? [] : [problem(error)]),
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
  const place = datasetId === '' ? 'unknown path' : `${graphVersion}/${JSON.stringify(datasetId).slice(1, -1)}/events`;
  return `${status === 0 ? 'no answer' : status}  ${place}  ${parts.join(', ')} (${request.durationMs} ms)`;
}

/** The same for one that read. */
export const describeRead = ({ status, path, error }: Read): string =>
  `${status === 0 ? 'no answer' : status}  GET ${path}${error === undefined ? '' : `  ${problem(error)}`}`;
