import type { DestinationInput, JsonObject, ServerEvent } from 'meta-conversions-pipeline/config';

/** One Segment call and the only server event that it becomes at destinations whose mappings are a preset's. */
export interface PresetExample {
  readonly title: string;
  /** Destinations by name, as a configuration file holds them. */
  readonly destinations: Readonly<Record<string, DestinationInput>>;
  /** The call as a library sends it. */
  readonly in: JsonObject;
  readonly out: ServerEvent;
}
