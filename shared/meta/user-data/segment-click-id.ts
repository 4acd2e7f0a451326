import { isObject } from '../../segment/event.ts';
import { cookieLeftOut, cookieUnusual, type Warning } from '../event/warning.ts';
import { clickIdFromParts } from './click-id.ts';
import { appendix } from './normalisers/appendix.ts';

const looseForm = new RegExp(`^fb\\.\\d{1,3}\\.\\d{1,16}\\.[^.\\s]+(?:\\.${appendix})?$`);

/**
 * `fbc` or `fbp` as Segment's destination sends them: any text, but not what begins as Meta's cookie does and is damaged. Only
 * for comparing mappings with Segment's: Meta refuses an event for ids that {@link readClickId} leaves out.
 */
export function segmentId(
  name: 'fbc' | 'fbp',
  given: unknown,
  occurredAt: Date,
  warnings: Warning[],
): string | undefined {
  const id = isObject(given) ? clickIdFromParts(given, occurredAt) : given;
  if (typeof id !== 'string' || id === '') return undefined;
  const text = id.trim();
  if (looseForm.test(text)) return text;
  const isDamaged = text.startsWith('fb.');
  warnings.push(isDamaged ? cookieLeftOut(name, 'malformed') : cookieUnusual(name));
  return isDamaged ? undefined : id;
}
