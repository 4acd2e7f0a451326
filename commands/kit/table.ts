export type Side = 'left' | 'right';

/**
 * A Markdown table with columns as wide as their widest cell, the way the formatter leaves it.
 *
 * @param side on which a column's cells stand
 */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  side: (column: number) => Side = () => 'left',
): string {
  const widths = columnWidths([header, ...rows]);
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => aligned(cells[column] ?? '', width, side(column))).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    side(column) === 'left' ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

/** Rows for a terminal: columns two blanks apart, nothing after the last one. */
export function textTable(
  rows: readonly (readonly string[])[],
  side: (column: number) => Side = () => 'left',
): string[] {
  const widths = columnWidths(rows);
  return rows.map((row) =>
    row
      .map((cell, column) => aligned(cell, widths[column] ?? 0, side(column)))
      .join('  ')
      .trimEnd(),
  );
}

const aligned = (cell: string, width: number, side: Side): string =>
  side === 'left' ? cell.padEnd(width) : cell.padStart(width);

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return widths;
}
