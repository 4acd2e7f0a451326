import type { ServerEvent } from '../../shared/meta/event/server-event.ts';
import type { DestinationInput } from '../../shared/meta/presets/destination-input.ts';
import type { JsonObject } from '../../shared/segment/event.ts';

/** One Segment call and the only server event that it becomes at destinations whose mappings are a preset's. */
export interface PresetExample {
  readonly title: string;
  /** Destinations by name, as a configuration file holds them. */
  readonly destinations: Readonly<Record<string, DestinationInput>>;
  /** The call as a library sends it. */
  readonly in: JsonObject;
  readonly out: ServerEvent;
}
