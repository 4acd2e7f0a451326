import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer } from '../../local/close-server.ts';
import { judge } from '../../local/graph-stand-in/judge.ts';
import { errorBody, invalidParameter, type StandInError } from '../../local/graph-stand-in/stand-in-error.ts';
import { readBody } from '../../local/emulators/http-api/read-body.ts';
import { answerWithFault, type GraphFaultName, graphFaults } from './graph-faults.ts';

export interface GraphServerOptions {
  /** Subcode with which a request is refused that holds this event. */
  readonly refusals: ReadonlyMap<string, number>;
  /** The fault, if any, that hits a request, given whether its events would be stored without one. */
  readonly nextFault: (isGood: boolean) => GraphFaultName | undefined;
  readonly onFault: (name: GraphFaultName) => void;
  readonly onStored: (datasetId: string, eventIds: readonly string[]) => void;
  /** Stored, and the sender never learned of it. */
  readonly onAnswerLost: (datasetId: string, eventIds: readonly string[]) => void;
  /** Kills the process that sent the request. */
  readonly kill: () => void;
}

export interface GraphServer {
  /** Origin, without a slash at its end. */
  readonly url: string;
  /** Requests that were answered or broken off so far. */
  requests(): number;
  /** From now on a dataset takes this token only. */
  accept(datasetId: string, token: string): void;
  /** Breaks off every connection for so long. */
  fail(ms: number): void;
  close(): Promise<void>;
}

const maxBodyBytes = 10 * 1024 * 1024;
const closeWithinMs = 500;

/** A Graph API on 127.0.0.1 that goes wrong as planned, and else takes events by the rules. */
export async function startGraphServer(options: GraphServerOptions): Promise<GraphServer> {
  const tokens = new Map<string, string>();
  let failsUntil = 0;
  let requests = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, maxBodyBytes);
    requests += 1;
    const datasetId = request.url?.split('/')[2] ?? '';
    const { data = [], ...envelope } = JSON.parse(body?.toString('utf8') ?? '{}') as { data?: readonly SentEvent[] };
    const error = errorFor(envelope, data);
    const fault = faultOf(datasetId, request.headers.authorization, error === undefined);
    const isStored = error === undefined && (fault === undefined || graphFaults[fault].stores);
    const ids = data.map(({ event_id: id }) => id);
    if (isStored) {
      options.onStored(datasetId, ids);
      response.once('close', () => {
        if (fault !== undefined || !response.writableFinished) options.onAnswerLost(datasetId, ids);
      });
    }
    if (fault !== undefined) {
      options.onFault(fault);
      if (fault === 'killBefore' || fault === 'killAfter') options.kill();
      answerWithFault(fault, response);
      return;
    }
    response.writeHead(error?.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(error ? errorBody(error, 'trace') : { events_received: ids.length, messages: [] }));
  }

  function faultOf(datasetId: string, authorization: string | undefined, isGood: boolean): GraphFaultName | undefined {
    if (Date.now() < failsUntil) return 'outage';
    if (authorization !== `Bearer ${tokens.get(datasetId)}`) return 'deadToken';
    return options.nextFault(isGood);
  }

  function errorFor(envelope: Readonly<Record<string, unknown>>, data: readonly SentEvent[]): StandInError | undefined {
    const subcode = data.map(({ event_id: id }) => options.refusals.get(id)).find((each) => each !== undefined);
    return subcode === undefined
      ? judge(envelope, data, new Date())
      : invalidParameter('An event is refused.', subcode);
  }

  const server = createServer((request, response) => {
    // A killed sender breaks off its request.
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    accept: (datasetId, token) => void tokens.set(datasetId, token),
    fail(ms) {
      failsUntil = Date.now() + ms;
      server.closeAllConnections();
    },
    close: () => closeServer(server, closeWithinMs),
  };
}

interface SentEvent {
  readonly event_id: string;
}
