/** A source that has no event refused for so long behaves. */
const windowMs = 10 * 60_000;

/** Refused events within the window from which on a source is sent apart. */
const fewestRefused = 3;

interface Conduct {
  refused: number;
  lastAt: number;
}

/**
 * Sources whose events a destination keeps refusing, within one container. They are sent in their own requests until they
 * behave, so that the search for their bad events costs no other source a request.
 */
export class SourceConduct {
  private readonly conducts = new Map<string, Conduct>();

  /** Books one refused event. */
  refused(destination: string, source: string, nowMs: number): void {
    const key = keyOf(destination, source);
    const known = this.conducts.get(key);
    if (known === undefined || nowMs - known.lastAt >= windowMs) {
      this.conducts.set(key, { refused: 1, lastAt: nowMs });
      return;
    }
    known.refused++;
    known.lastAt = nowMs;
  }

  isApart(destination: string, source: string, nowMs: number): boolean {
    // Nearly always: no source misbehaves.
    if (this.conducts.size === 0) return false;
    const known = this.conducts.get(keyOf(destination, source));
    return known !== undefined && known.refused >= fewestRefused && Math.abs(nowMs - known.lastAt) < windowMs;
  }
}

const keyOf = (destination: string, source: string): string => `${destination}\n${source}`;
