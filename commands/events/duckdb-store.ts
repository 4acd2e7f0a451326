import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type ColumnType, receiptColumns } from '../../shared/record/receipt-columns.ts';
import { quoted, type RecordStore, type Row, type Span } from './record-store.ts';
import { scanReceipts } from './scan-receipts.ts';

const types: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  int: 'INTEGER',
  bigint: 'BIGINT',
  texts: 'VARCHAR[]',
};

const columns = `{${Object.entries(receiptColumns)
  .map(([name, type]) => `'${name}': '${types[type]}'`)
  .join(', ')}}`;

/** Receipts lie in the folder of the hour at which they were written: up to this much after what they tell of. */
const latestMs = 3_600_000;
const hourMs = 3_600_000;

/** The record in a folder of this machine, asked by DuckDB, which is loaded for the first question that needs it. */
export function openDuckDb(folder: string): RecordStore {
  let opening: Promise<Opened> | undefined;
  return {
    dialect: {
      source: (span) => sourceOf(filesIn(folder, span), span),
      ...aggregates,
    },
    async query(sql) {
      opening ??= open();
      return rowsOf((await opening).connection, sql);
    },
    receiptsOf: (span, wanted, withEvents) => scanReceipts(filesIn(folder, span), span, wanted, withEvents),
    close: async () => (await opening)?.close(),
  };
}

interface Opened {
  readonly connection: DuckDBConnection;
  close(): void;
}

async function open(): Promise<Opened> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const aggregates = {
  median: (column: string) => `approx_quantile(${column}, 0.5)`,
  percentile95: (column: string) => `approx_quantile(${column}, 0.95)`,
};

/** A file that is being compressed just now may be there as both: the compressed one counts. */
export function filesIn(folder: string, { from, to }: Span): string[] {
  const first = hourOf(Math.max(0, from));
  const last = hourOf(Math.min(to + latestMs, Date.UTC(9999, 0)));
  const files = globSync('day=*/hour=*/*.{ndjson,ndjson.gz}', { cwd: folder }).filter((file) => {
    const [, day = '', hour = ''] = /^day=(.+?)[\\/]hour=(\d\d)/.exec(file) ?? [];
    const at = `${day} ${hour}`;
    return at >= first && at <= last;
  });
  const compressed = new Set(files.filter((file) => file.endsWith('.gz')));
  return files.filter((file) => !compressed.has(`${file}.gz`)).map((file) => resolve(folder, file));
}

const hourOf = (ms: number): string =>
  new Date(Math.floor(ms / hourMs) * hourMs).toISOString().slice(0, 13).replace('T', ' ');

function sourceOf(files: readonly string[], { from, to }: Span): string {
  if (files.length === 0) {
    const empty = Object.entries(receiptColumns).map(([name, type]) => `CAST(NULL AS ${types[type]}) AS ${name}`);
    return `(SELECT ${empty.join(', ')}, '' AS file WHERE false)`;
  }
  const list = `[${files.map(quoted).join(', ')}]`;
  const options = `format = 'newline_delimited', columns = ${columns}, filename = 'file', hive_partitioning = false`;
  // A line that is being written right now may be read by half.
  return `(SELECT * FROM read_json(${list}, ${options}, ignore_errors = true, maximum_object_size = 16777216) WHERE v = 1 AND t BETWEEN ${from} AND ${to})`;
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjectsJS().map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([name, value]) => {
        if (value === null || value === undefined) return [];
        if (typeof value === 'bigint') return [[name, Number(value)]];
        return [[name, typeof value === 'number' ? value : String(value)]];
      }),
    ),
  );
}
