/** Lines of CSV. @see https://www.rfc-editor.org/rfc/rfc4180 */
export const csvLines = (rows: readonly (readonly string[])[]): string[] => rows.map((row) => row.map(cell).join(','));

/** A text that a spreadsheet would take for a formula gets an apostrophe: events come from outside. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
