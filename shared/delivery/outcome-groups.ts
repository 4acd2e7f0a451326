import type { Sha256 } from '../lib/sha256/sha256.ts';
import { loggedId } from '../queue/logged-id.ts';

/** Whose message ids are logged: every event's, or only those of events that were not delivered. */
export type LoggedIds = 'all' | 'failures';

/** Events of one invocation that ended alike. */
export interface OutcomeGroup {
  readonly outcome: 'delivered' | 'skipped' | 'dead' | 'waiting';
  /** Missing when the event's source is not in the configuration any more. */
  readonly destination?: string;
  /** Missing when no mapping was tried. */
  readonly mapping?: string;
  readonly reason?: string;
  /** Events: what a log query adds up. */
  readonly count: number;
  /** As {@link loggedId} shows them; none for events that were named at their first try. */
  readonly messageIds: readonly string[];
}

type Alike = Omit<OutcomeGroup, 'count' | 'messageIds'>;

/** Collects message ids for the log, so that one event can be followed without a line per event. */
export class OutcomeGroups {
  private readonly groups = new Map<string, Alike & { readonly messageIds: string[]; unnamed: number }>();
  private readonly loggedIds: LoggedIds;
  private readonly sha256: Sha256;

  constructor(loggedIds: LoggedIds, sha256: Sha256) {
    this.loggedIds = loggedIds;
    this.sha256 = sha256;
  }

  /**
   * @param messageId undefined counts without naming
   * @param count of unnamed ones
   */
  add(alike: Alike, messageId: string | undefined, count = 1): void {
    if (this.loggedIds === 'failures' && alike.outcome === 'delivered') return;
    const key = `${alike.outcome}\n${alike.destination}\n${alike.mapping}\n${alike.reason}`;
    let group = this.groups.get(key);
    if (group === undefined) {
      group = { ...alike, messageIds: [], unnamed: 0 };
      this.groups.set(key, group);
    }
    if (messageId === undefined) group.unnamed += count;
    else group.messageIds.push(loggedId(messageId, this.sha256));
  }

  /** @param mostIds in one list: a log line has a longest length */
  *pages(mostIds: number): Iterable<readonly OutcomeGroup[]> {
    let page: OutcomeGroup[] = [];
    let room = mostIds;
    for (const { unnamed, ...group } of this.groups.values()) {
      if (unnamed > 0) page.push({ ...group, count: unnamed, messageIds: [] });
      for (let start = 0; start < group.messageIds.length; ) {
        const messageIds = group.messageIds.slice(start, start + room);
        page.push({ ...group, count: messageIds.length, messageIds });
        start += messageIds.length;
        room -= messageIds.length;
        if (room > 0) continue;
        yield page;
        page = [];
        room = mostIds;
      }
    }
    if (page.length > 0) yield page;
  }
}
