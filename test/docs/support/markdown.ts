import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Block {
  readonly language: string;
  readonly code: string;
}

export type Row = readonly string[];

/** The text of a document in `docs/`. */
export const readDocument = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, '../../../docs', name), 'utf8');

const fence = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** Fenced blocks in the order of the text. */
export const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(fence)].map(([, language = '', code = '']) => ({ language, code }));

/** The text below a heading, down to the next one of its level or above. */
export function section(text: string, heading: string): string {
  const hashes = '#'.repeat(heading.indexOf(' '));
  const [, below] = text.split(`\n${heading}\n`, 2);
  if (below === undefined) throw new Error(`There is no heading ${JSON.stringify(heading)}.`);
  return below.split(new RegExp(`^#{1,${hashes.length}} `, 'm'), 1)[0] ?? '';
}

/** Headings of one level, without their marks. */
export const headingsOf = (text: string, level: number): readonly string[] =>
  [...text.replace(fence, '').matchAll(new RegExp(`^#{${level}} (.+)$`, 'gm'))].map(([, title = '']) => title);

/** Rows of the first table whose first column has this title, without header and rule. */
export function tableUnder(text: string, title: string): readonly Row[] {
  const tables = text.replace(fence, '').match(/(?:^\|.*\|$\n?)+/gm) ?? [];
  const found = tables.find((table) => cellsOf(table.split('\n', 1)[0] ?? '')[0] === title);
  if (found === undefined) throw new Error(`There is no table of ${JSON.stringify(title)}.`);
  return found.trim().split('\n').slice(2).map(cellsOf);
}

const cellsOf = (line: string): Row =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());

/** Text between the marks of a code span, or the cell itself. */
export const codeIn = (cell: string): string => /^(`+)(.*)\1$/.exec(cell)?.[2] ?? cell;

/** A first block followed by the second: what is given and what comes of it. */
export function pairsOf(text: string): readonly { readonly given: unknown; readonly result: unknown }[] {
  const blocks = blocksOf(text).filter(({ language }) => language === 'json');
  return Array.from({ length: Math.floor(blocks.length / 2) }, (_, index) => ({
    given: JSON.parse(blocks[2 * index]?.code ?? ''),
    result: JSON.parse(blocks[2 * index + 1]?.code ?? ''),
  }));
}
