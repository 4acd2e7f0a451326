import { findAction } from '../shared/meta/actions/actions.ts';
import type { Example } from './example.ts';

/** Settled by the defaults of every action, so that no reader has to think of them. */
const understood = new Set(['action_source', 'event_time', 'user_data', 'event_name']);

/** The README's table: what becomes what, with the fields that an event cannot do without. */
export function readmeTable(examples: readonly Example[]): string {
  const rows = examples.map(({ in: call, out, mapping }) => {
    const fields = findAction(mapping.action)?.action.fields ?? {};
    const required = Object.keys(fields).filter((name) => fields[name]?.required && !understood.has(name));
    const filled = Object.keys(out.custom_data ?? {});
    return [callName(call), code(out.event_name), code(mapping.action), required.map(code), filled.map(code)];
  });
  return table(['Segment call', 'Meta event', 'action', 'needs', 'fills `custom_data` with'], rows);
}

const callName = ({ type, event }: Example['in']): string =>
  typeof event === 'string' ? `${String(type)} ${code(event)}` : String(type);

const code = (text: string): string => `\`${text}\``;

function table(head: readonly string[], rows: readonly (readonly (string | readonly string[])[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.join(', '))));
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...cells.map(line)].join('\n');
}
