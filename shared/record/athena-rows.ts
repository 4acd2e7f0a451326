/** Answer of `GetQueryResults`, as far as it is read. */
export interface AthenaResults {
  readonly Rows?:
    | readonly { readonly Data?: readonly { readonly VarCharValue?: string | undefined }[] | undefined }[]
    | undefined;
  readonly ResultSetMetadata?:
    | {
        readonly ColumnInfo?:
          | readonly { readonly Name?: string | undefined; readonly Type?: string | undefined }[]
          | undefined;
      }
    | undefined;
}

const numberTypes: ReadonlySet<string | undefined> = new Set(['integer', 'bigint', 'double', 'decimal']);

/** A row of an answer; numbers are numbers, and what is null is left out. */
export type AthenaRow = Readonly<Record<string, string | number>>;

/** The first row of the first page is the names of the columns. */
export function athenaRows({ Rows = [], ResultSetMetadata }: AthenaResults = {}, isFirstPage = false): AthenaRow[] {
  const columns = ResultSetMetadata?.ColumnInfo ?? [];
  return Rows.slice(isFirstPage ? 1 : 0).map(({ Data = [] }) =>
    Object.fromEntries(
      columns.flatMap(({ Name: name = '', Type: type }, index) => {
        const value = Data[index]?.VarCharValue;
        if (value === undefined) return [];
        return [[name, numberTypes.has(type) ? Number(value) : value]];
      }),
    ),
  );
}
