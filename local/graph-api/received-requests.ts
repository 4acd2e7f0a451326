/** One request as the stand-in saw it. The token is never kept. */
export interface ReceivedRequest {
  readonly at: Date;
  /** As the path gave it; empty, like the version, when the path was no path of events. */
  readonly datasetId: string;
  readonly graphVersion: string;
  readonly status: number;
  /** What came in `data`, whether it was stored or refused. */
  readonly events: readonly unknown[];
  readonly testEventCode?: string;
  readonly error?: { readonly code: number; readonly subcode?: number; readonly message: string };
  /** Events stored before under the same name and event id: counted as received, and of no further effect. */
  readonly duplicates: number;
  readonly durationMs: number;
}

const mostRequests = 200;
const mostBytes = 64 * 1024 * 1024;

/** The latest requests, oldest first: 200 of them, and fewer when their bodies are large. */
export class ReceivedRequests {
  private readonly kept: { readonly request: ReceivedRequest; readonly bytes: number }[] = [];
  private bytes = 0;

  add(request: ReceivedRequest, bytes: number): void {
    this.kept.push({ request, bytes });
    this.bytes += bytes;
    while (this.kept.length > mostRequests || (this.bytes > mostBytes && this.kept.length > 1)) {
      this.bytes -= this.kept.shift()?.bytes ?? 0;
    }
  }

  list(): readonly ReceivedRequest[] {
    return this.kept.map(({ request }) => request);
  }
}
