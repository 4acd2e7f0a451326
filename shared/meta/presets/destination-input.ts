import type * as z from 'zod';
import type { Config, DestinationConfig } from '../../config/config.ts';
import type { MappingInput } from './mapping-input.ts';

/** A destination as presets and configuration files write it: what has a default may be left out. */
export interface DestinationInput extends Omit<z.input<typeof DestinationConfig>, 'mappings'> {
  readonly mappings: MappingInput[];
}

/** A configuration as its file writes it. */
export interface ConfigInput extends Omit<z.input<typeof Config>, 'destinations'> {
  readonly destinations: Readonly<Record<string, DestinationInput>>;
}
