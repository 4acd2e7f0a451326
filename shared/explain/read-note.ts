/** How a value changed when it was brought to the type of its field. */
export function readNote(raw: unknown, sent: unknown): string | undefined {
  if (raw === undefined || raw === null || sent === undefined || typeof raw === typeof sent) {
    return Array.isArray(sent) && !Array.isArray(raw) && raw !== undefined && raw !== null
      ? 'Sent as a list of one.'
      : undefined;
  }
  if (typeof sent === 'number') return 'Read as a number.';
  if (typeof sent === 'string') return 'Written as text.';
  return Array.isArray(sent) ? 'Sent as a list of one.' : undefined;
}
