import type { RequestNote } from '../queue/destination.ts';

const mostTraceIds = 20;
const mostMessages = 10;

export interface VersionCounts {
  readonly requests: number;
  /** Of these, how many were not accepted. */
  readonly failed: number;
}

/** Facts of answered requests beside their outcome, bounded so that they fit into a report. */
export interface RequestFacts {
  /** Of accepted requests, for the destination's support. */
  readonly traceIds: readonly string[];
  /** Messages beside accepted requests, each once. */
  readonly messages: readonly string[];
  /** Accepted requests that came with messages. */
  readonly requestsWithMessages: number;
  /** By version of the destination's interface; one that is tried out is counted apart. */
  readonly versions: Readonly<Record<string, VersionCounts>>;
  /** Answers that warned of the end of their version, and the last such text by version. */
  readonly versionWarnings: number;
  readonly versionWarningTexts: Readonly<Record<string, string>>;
}

/** Collects the notes of one invocation's requests. */
export class RequestLog {
  private readonly traceIds: string[] = [];
  private readonly messages = new Set<string>();
  private requestsWithMessages = 0;
  private readonly versions: Record<string, { requests: number; failed: number }> = {};
  private versionWarnings = 0;
  private readonly warningTexts: Record<string, string> = {};

  add(note: RequestNote | undefined, accepted: boolean): void {
    if (note === undefined) return;
    const { traceId, messages = [], version, versionWarning } = note;
    if (accepted && traceId !== undefined && this.traceIds.length < mostTraceIds) this.traceIds.push(traceId);
    if (messages.length > 0) this.requestsWithMessages++;
    for (const message of messages) if (this.messages.size < mostMessages) this.messages.add(message);
    if (version !== undefined) {
      this.versions[version] ??= { requests: 0, failed: 0 };
      const counts = this.versions[version];
      counts.requests++;
      if (!accepted) counts.failed++;
    }
    if (versionWarning === undefined) return;
    this.versionWarnings++;
    this.warningTexts[version ?? 'unknown'] = versionWarning;
  }

  facts(): RequestFacts {
    return {
      traceIds: this.traceIds,
      messages: [...this.messages],
      requestsWithMessages: this.requestsWithMessages,
      versions: this.versions,
      versionWarnings: this.versionWarnings,
      versionWarningTexts: this.warningTexts,
    };
  }
}
