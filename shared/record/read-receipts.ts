import { jsonOrNothing } from '../lib/json/json-or-nothing.ts';
import { Receipt } from './receipt.ts';

/** Receipt of one line; undefined for a line that is damaged or of another version. */
export const readReceipt = (line: string): Receipt | undefined => Receipt.safeParse(jsonOrNothing(line)).data;

/** Receipts of a file's text, and how many of its lines are none. */
export function readReceipts(text: string): { readonly receipts: readonly Receipt[]; readonly unread: number } {
  const receipts: Receipt[] = [];
  let unread = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const receipt = readReceipt(line);
    if (receipt === undefined) unread++;
    else receipts.push(receipt);
  }
  return { receipts, unread };
}
