/** One request as the stand-in saw it. The token is never kept. */
export interface ReceivedRequest {
  readonly at: Date;
  /** As the path gave it; empty, like the version, when the path was no path of events. */
  readonly datasetId: string;
  readonly graphVersion: string;
  /** 0 when a fault kept the answer away. */
  readonly status: number;
  /** Events of `data`, whether they were stored or refused. */
  readonly events: readonly unknown[];
  readonly testEventCode?: string;
  readonly error?: { readonly code: number; readonly subcode?: number; readonly message: string };
  /** Events stored before under the same name and event id: counted as received, and of no further effect. */
  readonly duplicates: number;
  readonly durationMs: number;
  /** `fbtrace_id` of the answer. */
  readonly traceId?: string;
  /** Texts of the answer's `messages`. */
  readonly warnings?: readonly string[];
  /** Name of the fault that hit the request. */
  readonly fault?: string;
  /** Whether the events were stored, whatever the answer said. */
  readonly stored?: boolean;
}

const mostRequests = 200;
const mostBytes = 64 * 1024 * 1024;

interface Kept {
  readonly request: ReceivedRequest;
  readonly length: number;
}

/**
 * The latest requests, oldest first: 200 of them, and fewer when their bodies are large. Events are kept as text, which
 * takes a fraction of their memory, and are read again when somebody looks.
 */
export class ReceivedRequests {
  private readonly kept: Kept[] = [];
  private length = 0;

  add(request: ReceivedRequest): void {
    const { events, ...rest } = request;
    const text = JSON.stringify(events);
    this.kept.push({ request: readLazily(rest, events, text), length: text.length });
    this.length += text.length;
    while (this.kept.length > mostRequests || (this.length > mostBytes && this.kept.length > 1)) {
      this.length -= this.kept.shift()?.length ?? 0;
    }
  }

  list(): readonly ReceivedRequest[] {
    return this.kept.map(({ request }) => request);
  }
}

function readLazily(rest: Omit<ReceivedRequest, 'events'>, events: readonly unknown[], text: string): ReceivedRequest {
  let latest = new WeakRef(events);
  return {
    ...rest,
    get events() {
      const kept = latest.deref();
      if (kept !== undefined) return kept;
      const read = JSON.parse(text) as readonly unknown[];
      latest = new WeakRef(read);
      return read;
    },
  };
}
