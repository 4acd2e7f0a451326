import { createHmac } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { jsonOrNothing } from '../../shared/lib/json/json-or-nothing.ts';
import { receiptVersion } from '../../shared/record/receipt-version.ts';
import { isObject } from '../../shared/segment/event.ts';
import type { PersonMatcher } from './person-matcher.ts';
import type { RecordFiles } from './record-files.ts';

/** Counts of what was removed from the files of a record. */
export interface ErasedFiles {
  readonly files: number;
  readonly receipts: number;
  readonly events: number;
}

type Line = Readonly<Record<string, unknown>>;

/** Members that stay of a receipt when its person is erased: counts, times, reasons and who operated, which do not name it. */
const kept: ReadonlySet<string> = new Set([
  'v',
  'k',
  't',
  's',
  'e',
  'a',
  'd',
  'm',
  'r',
  'f',
  'o',
  'u',
  'n',
  'q',
  'b',
  'c',
  'w',
]);

/**
 * Removes a person from the files of a record. The person's receipts stay as what was counted, under ids that were made up, so
 * that everybody's count is as before; whatever leads to the person goes. Receipts that know the person only by a message id go
 * first, those with its digests last: so a run that was killed finds the rest again.
 *
 * @param salt of this erasure, the same in all its runs, and thrown away with it
 */
export async function eraseFromFiles(
  files: RecordFiles,
  person: PersonMatcher,
  salt: string,
  now: Date,
): Promise<ErasedFiles> {
  const names = await files.names();
  const ids = new Set<string>();
  const naming = new Set<string>();
  for (const name of names) {
    for (const line of linesOf(await files.read(name))) {
      if (!isAbout(line, person)) continue;
      naming.add(name);
      if (typeof line['id'] === 'string') ids.add(line['id']);
    }
  }
  let receipts = 0;
  let changed = 0;
  if (naming.size === 0) return { files: 0, receipts: 0, events: 0 };
  const inOrder = [...names.filter((name) => !naming.has(name)), ...naming];
  for (const name of inOrder) {
    let touched = 0;
    const lines = linesOf(await files.read(name)).flatMap((line) => {
      const id = line['id'];
      if (!(typeof id === 'string' && ids.has(id)) && !isAbout(line, person)) return [line];
      touched++;
      const made = typeof id === 'string' ? { id: madeUpId(id, salt) } : {};
      const anonymous = { ...Object.fromEntries(Object.entries(line).filter(([member]) => kept.has(member))), ...made };
      if (line['k'] !== 'accepted') return [anonymous];
      const { s, e } = line;
      return [anonymous, { v: receiptVersion, k: 'erased', t: now.getTime(), s, e, ...made }];
    });
    if (touched === 0) continue;
    await files.write(name, gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
    receipts += touched;
    changed++;
  }
  return { files: changed, receipts, events: ids.size };
}

const madeUpId = (id: string, salt: string): string =>
  `erased-${createHmac('sha256', salt).update(id).digest('hex').slice(0, 24)}`;

function linesOf(contents: Buffer): Line[] {
  return String(gunzipSync(contents))
    .split('\n')
    .flatMap((text) => {
      const line = text === '' ? undefined : jsonOrNothing(text);
      return isObject(line) ? [line] : [];
    });
}

function isAbout(line: Line, person: PersonMatcher): boolean {
  const { p, ev } = line;
  if (Array.isArray(p) && p.some((digest) => person.digests.has(String(digest)))) return true;
  if (typeof line['e'] === 'string' && person.inEvent(line['e'])) return true;
  return typeof ev === 'string' && person.inText(ev) && person.inEvent(jsonOrNothing(ev));
}
