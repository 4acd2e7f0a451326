import type { EventLine, Stage } from '../../server/wire.ts';

export interface StreamFilter {
  readonly text: string;
  readonly stages: readonly Stage[];
  readonly source: string;
  readonly name: string;
}

/** Stages that a reader sees as one. */
const groupOf = (stage: EventLine['stage']): EventLine['stage'] => {
  if (stage === 'queued' || stage === 'mapping') return 'waiting';
  return stage === 'rejected' ? 'dead' : stage;
};

/**
 * Text is looked for in the message id, the name, the mappings and the reasons.
 *
 * @param found events that hold the text anywhere else, by their sequence numbers
 */
export function matchesFilter(
  line: EventLine,
  { text, stages, source, name }: StreamFilter,
  found: ReadonlySet<number> = new Set(),
): boolean {
  if (stages.length > 0 && !stages.includes(groupOf(line.stage))) return false;
  if (source !== '' && line.source !== source) return false;
  if (name !== '' && line.name !== name) return false;
  if (text.trim() === '' || found.has(line.seq)) return true;
  const wanted = text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .toLowerCase();
  const texts = [
    line.messageId,
    line.name,
    ...(line.notes ?? []),
    ...line.outcomes.flatMap(({ mapping = '', reason = '' }) => [mapping, reason]),
  ];
  return texts.some((one) => one.toLowerCase().includes(wanted));
}
