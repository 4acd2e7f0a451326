import { hash } from 'node:crypto';
import type { Sha256 } from './sha256.ts';

/** Node's SHA-256 in one call, without an object per digest. */
export const sha256Hex: Sha256 = (text) => hash('sha256', text);
