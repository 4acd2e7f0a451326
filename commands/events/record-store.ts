/** A row of an answer; numbers are numbers, and what is null is left out. */
export type Row = Readonly<Record<string, string | number>>;

/** Time from and up to which receipts are looked at, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Words of SQL in which the engines differ. */
export interface Dialect {
  /** What stands behind FROM for all receipts that may lie in a span; with a column `file` for the file of each. */
  source(span: Span): string;
  median(column: string): string;
  percentile95(column: string): string;
}

/** The record of a deployment, to be asked by SQL. */
export interface RecordStore {
  readonly dialect: Dialect;
  query(sql: string): Promise<Row[]>;
  /**
   * The same record, of which only files that hold one of these texts are read; without it, all of them are. To look for a text
   * takes a third of what it takes to read every line as JSON.
   */
  holding?(span: Span, texts: readonly string[]): Promise<Pick<RecordStore, 'dialect' | 'query'>>;
  close(): Promise<void>;
}

/** A text in SQL. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
