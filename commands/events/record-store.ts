import type { Receipt } from '../../shared/record/receipt.ts';

/** A row of an answer; numbers are numbers, and what is null is left out. */
export type Row = Readonly<Record<string, string | number>>;

/** Time from and up to which receipts are looked at, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Selectors of receipts of one event or person. */
export interface Wanted {
  /** As the record keeps them. */
  readonly ids: readonly string[];
  readonly eventIds: readonly string[];
  /** Digests. */
  readonly persons: readonly string[];
}

/** Words of SQL in which the engines differ. */
export interface Dialect {
  /** The source behind FROM for all receipts that may lie in a span; with a column `file` for the file of each. */
  source(span: Span): string;
  median(column: string): string;
  percentile95(column: string): string;
}

/** The record of a deployment, to be asked by SQL. */
export interface RecordStore {
  readonly dialect: Dialect;
  query(sql: string): Promise<Row[]>;
  /** Receipts of the events that are wanted, where there is a faster way to them than SQL. */
  receiptsOf?(span: Span, wanted: Wanted, withEvents: boolean): Promise<readonly Receipt[]>;
  close(): Promise<void>;
}

/** A text in SQL. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
