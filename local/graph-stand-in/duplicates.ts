const windowMs = 48 * 60 * 60_000;
const mostRemembered = 500_000;

/** Memory of the events stored lately, by dataset, event name and event id. @see https://developers.facebook.com/docs/marketing-api/conversions-api/deduplicate-pixel-and-server-events */
export class Duplicates {
  /** Epoch milliseconds of the first of its kind. A map keeps the order of insertion, so the oldest is in front. */
  private readonly firstAt = new Map<string, number>();

  /** Remembers an event. True when one of the same name and id was stored in the 48 hours before. */
  add(datasetId: string, eventName: string, eventId: string, now: Date): boolean {
    this.forget(now.getTime() - windowMs);
    const key = JSON.stringify([datasetId, eventName, eventId]);
    if (this.firstAt.has(key)) return true;
    this.firstAt.set(key, now.getTime());
    return false;
  }

  private forget(before: number): void {
    for (const [key, at] of this.firstAt) {
      if (at > before && this.firstAt.size < mostRemembered) return;
      this.firstAt.delete(key);
    }
  }
}
