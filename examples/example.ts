import type { JsonObject, MappingInput, ServerEvent } from 'meta-conversions-pipeline/config';

/** One Segment call and the server event that it becomes: tested, shown in the docs, and sent from the console. */
export interface Example {
  readonly title: string;
  /** The mapping as a configuration file holds it. */
  readonly mapping: MappingInput;
  /** The call as a library sends it. */
  readonly in: JsonObject;
  readonly out: ServerEvent;
}
