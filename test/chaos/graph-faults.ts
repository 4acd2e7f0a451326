import type { ServerResponse } from 'node:http';
import { faultNamed } from '../../local/graph-stand-in/faults.ts';
import { sendFault } from '../../local/graph-stand-in/send.ts';

export interface GraphFault {
  /** As the stand-in knows it. */
  readonly fault: string;
  /** Whether the events are stored before the answer goes wrong: then they come again, and are duplicates. */
  readonly stores: boolean;
  readonly retryAfterSeconds?: number;
}

/** Faults that can happen to a request, and how each then looks from outside. */
export const graphFaults = {
  serverError: { fault: 'unavailable', stores: false },
  throttled: { fault: 'app_throttled', stores: false, retryAfterSeconds: 1 },
  resetBefore: { fault: 'reset', stores: false },
  resetAfter: { fault: 'reset', stores: true },
  badGateway: { fault: 'gateway_page', stores: false },
  htmlPage: { fault: 'html_page', stores: true },
  /** The client gives up by itself. */
  silence: { fault: 'timeout', stores: true },
  outage: { fault: 'reset', stores: false },
  deadToken: { fault: 'token_invalid', stores: false },
  /** The function that sent the request is killed while it waits for the answer. */
  killBefore: { fault: 'reset', stores: false },
  killAfter: { fault: 'reset', stores: true },
} as const satisfies Readonly<Record<string, GraphFault>>;

export type GraphFaultName = keyof typeof graphFaults;

export function answerWithFault(name: GraphFaultName, response: ServerResponse): void {
  const { fault, retryAfterSeconds }: GraphFault = graphFaults[name];
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  sendFault(response, faultNamed(fault), headers);
}
