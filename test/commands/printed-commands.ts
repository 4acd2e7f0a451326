import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { allCommands } from './all-commands.ts';

const root = resolve(import.meta.dirname, '../..');

export interface PrintedCommand {
  /** Where it is printed. */
  readonly file: string;
  /** As it is typed, up to a pipe or a redirection. */
  readonly line: string;
  readonly name: string;
  readonly args: readonly string[];
}

/** The command lines in a text that run a command of the project; those with a blank to fill in are left out. */
export function printedIn(text: string, file: string): PrintedCommand[] {
  const joined = text.replaceAll(/\\\n\s*/g, '');
  return [...joined.matchAll(/npm run (?:-s )?([a-z:-]+)((?: --)?[^\n`|#;&)]*)/g)].flatMap(
    ([line, script = '', more = '']) => {
      const words = wordsOf(more.replace(/\s<\s.*$|-->$/, ''));
      const dashes = words.indexOf('--');
      const args = dashes === -1 ? [] : words.slice(dashes + 1);
      const group = `${script} ${args[0]}`;
      const name = group in allCommands ? group : script;
      if (!(name in allCommands) || /[<…$[]|\w\|\w/.test(args.join(' '))) return [];
      return [{ file, line: line.trim(), name, args: name === script ? args : args.slice(1) }];
    },
  );
}

const wordsOf = (text: string): string[] =>
  [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => {
    return single ?? double ?? (bare ?? '').replace(/[.,:]+$/, '');
  });

/** Pages that print commands. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...globSync(['docs/**/*.md', 'examples/**/*.{md,yml}'], { cwd: root }),
].sort();

export const pageText = (file: string): string => readFileSync(resolve(root, file), 'utf8');

/** Shell blocks of a page that pipe into a command or run it, each as it is printed. */
export const shellBlocksOf = (file: string): string[] =>
  [...pageText(file).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
