import { describe, expect, it } from 'vitest';
import { type ReceivedRequest, ReceivedRequests } from '../../../local/graph-stand-in/received-requests.ts';
import { now } from './server-events.ts';

const request = (datasetId: string, events: readonly unknown[]): ReceivedRequest => ({
  at: now,
  datasetId,
  graphVersion: 'v25.0',
  status: 200,
  events,
  duplicates: 0,
  durationMs: 1,
});

describe('ReceivedRequests', () => {
  it('gives back what it was given', () => {
    const requests = new ReceivedRequests();
    requests.add(request('1', [{ event_name: 'Lead' }, 'garbage', null]));

    expect(requests.list()).toEqual([request('1', [{ event_name: 'Lead' }, 'garbage', null])]);
    expect(JSON.parse(JSON.stringify(requests.list()))).toMatchObject([
      { events: [{ event_name: 'Lead' }, 'garbage', null] },
    ]);
  });

  it('keeps fewer when they are large', () => {
    const requests = new ReceivedRequests();
    const large = ['x'.repeat(10 * 1024 * 1024)];
    for (let index = 0; index < 9; index++) requests.add(request(String(index), large));

    expect(requests.list().map(({ datasetId }) => datasetId)).toEqual(['3', '4', '5', '6', '7', '8']);
  });

  it('keeps the last one, however large', () => {
    const requests = new ReceivedRequests();
    requests.add(request('1', ['x']));
    requests.add(request('2', ['x'.repeat(70 * 1024 * 1024)]));

    expect(requests.list().map(({ datasetId }) => datasetId)).toEqual(['2']);
  });
});
