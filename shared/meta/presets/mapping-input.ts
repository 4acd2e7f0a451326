import type * as z from 'zod';
import type { MappingConfig } from '../../config/config.ts';

/** A mapping as presets and configuration files write it: what has a default may be left out. */
export type MappingInput = z.input<typeof MappingConfig>;
