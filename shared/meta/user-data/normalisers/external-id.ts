import type { Normaliser } from './normaliser.ts';

/** Lower case without white space, as Meta's parameter builder and Segment do it: a pixel must arrive at the same id. */
export const externalId: Normaliser = (text) => text.toLowerCase().replace(/\s+/g, '').normalize('NFC');
