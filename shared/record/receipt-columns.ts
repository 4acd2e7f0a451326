import type { Receipt } from './receipt.ts';

/** Type of a column: text, a whole number, or a list of texts. */
export type ColumnType = 'text' | 'int' | 'bigint' | 'texts';

type MemberOf<Each> = Each extends Each ? keyof Each : never;

/** Members of receipts as columns of a table, for whoever asks by SQL. */
export const receiptColumns = {
  v: 'int',
  k: 'text',
  t: 'bigint',
  id: 'text',
  s: 'text',
  e: 'text',
  a: 'bigint',
  d: 'text',
  m: 'text',
  r: 'text',
  f: 'text',
  o: 'text',
  n: 'int',
  x: 'text',
  q: 'int',
  b: 'bigint',
  c: 'int',
  i: 'text',
  mk: 'text',
  w: 'int',
  u: 'text',
  p: 'texts',
  ev: 'text',
  g: 'texts',
} as const satisfies Readonly<Record<MemberOf<Receipt>, ColumnType>>;
