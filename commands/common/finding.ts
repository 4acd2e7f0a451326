/** Result of one check. The message says what is, the fix what to do next. */
export type Finding =
  | { readonly status: 'ok'; readonly message: string }
  | { readonly status: 'warning' | 'failed' | 'skipped'; readonly message: string; readonly fix: string };

export const ok = (message: string): Finding => ({ status: 'ok', message });
export const warning = (message: string, fix: string): Finding => ({ status: 'warning', message, fix });
export const failed = (message: string, fix: string): Finding => ({ status: 'failed', message, fix });
export const skipped = (message: string, fix: string): Finding => ({ status: 'skipped', message, fix });

/** A finding as one line for a terminal, and a second one with the fix. */
export function findingLines(title: string, finding: Finding): string[] {
  const line = `${finding.status.padEnd(7)}  ${title.padEnd(13)}  ${finding.message}`;
  return 'fix' in finding ? [line, `${' '.repeat(24)}→ ${finding.fix}`] : [line];
}
