import type * as z from 'zod';
import type { DestinationConfig } from '../../config/config.ts';

/** A destination as presets and configuration files write it: what has a default may be left out. */
export type DestinationInput = z.input<typeof DestinationConfig>;
