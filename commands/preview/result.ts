import type { Warning } from '../../shared/meta/event/warning.ts';

/** Result of one mapping for an event. `request` is the body's exact text. */
export type Result = (
  | { readonly request: string }
  | { readonly error: { readonly code: string; readonly message: string } }
  | { readonly skipped: string }
) & {
  readonly destination?: string;
  readonly mapping?: string;
  readonly warnings?: readonly Warning[];
};

/** One line of output: a lone result in the line itself, several in a list named `results`. */
export function resultLine(id: unknown, results: readonly Result[]): string {
  const [only, ...others] = results;
  const members =
    only !== undefined && others.length === 0
      ? writeResult(only)
      : [`"results":[${results.map((result) => `{${writeResult(result).join(',')}}`).join(',')}]`];
  return `{${[...idMember(id), ...members].join(',')}}`;
}

export const errorLine = (id: unknown, code: string, message: string): string =>
  resultLine(id, [{ error: { code, message } }]);

const idMember = (id: unknown): string[] => (id === undefined ? [] : [`"id":${JSON.stringify(id)}`]);

function writeResult(result: Result): string[] {
  const { destination, mapping, warnings } = result;
  const members: string[] = [];
  if (destination !== undefined) members.push(`"destination":${JSON.stringify(destination)}`);
  if (mapping !== undefined) members.push(`"mapping":${JSON.stringify(mapping)}`);
  // Set in as it is, not parsed and written again: the bytes shown are the bytes sent.
  if ('request' in result) members.push(`"request":${result.request}`);
  else if ('error' in result) members.push(`"error":${JSON.stringify(result.error)}`);
  else members.push(`"skipped":${JSON.stringify(result.skipped)}`);
  if (warnings !== undefined && warnings.length > 0) {
    members.push(`"warnings":${JSON.stringify(warnings.map(({ message }) => message))}`);
  }
  return members;
}
