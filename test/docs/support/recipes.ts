import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import * as authoring from '../../../shared/authoring.ts';
import { configuredPreview } from '../../../commands/preview/configured.ts';
import type { Result } from '../../../commands/preview/result.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { blocksOf, headingsOf, section } from './markdown.ts';

export interface Recipe {
  readonly title: string;
  /** Members of a destination, as the page shows them. */
  readonly code: string;
  readonly examples: readonly { readonly event: JsonObject; readonly result: unknown }[];
}

/** A page of recipes: first the file that each of them goes into, then a section for each with its code, calls and results. */
export interface RecipePage {
  readonly frame: string;
  readonly recipes: readonly Recipe[];
}

/** @throws when a block is no part of a recipe: nothing on the page may be left untested */
export function recipePage(page: string): RecipePage {
  const recipes = headingsOf(page, 2).map((title) => recipeOf(title, section(page, `## ${title}`)));
  const [frame] = blocksOf(page);
  const blocks = 1 + recipes.reduce((count, { examples }) => count + 1 + 2 * examples.length, 0);
  if (frame === undefined || blocks !== blocksOf(page).length) throw new Error('A block belongs to no recipe.');
  return { frame: frame.code, recipes };
}

function recipeOf(title: string, text: string): Recipe {
  const [code, ...blocks] = blocksOf(text);
  if (code?.language !== 'ts' || blocks.length === 0) throw new Error(`"${title}" has no code, or no call.`);
  const values = blocks.map((block) => JSON.parse(block.code) as unknown);
  const examples = values.flatMap((event, index) =>
    index % 2 === 0 ? [{ event: event as JsonObject, result: values[index + 1] }] : [],
  );
  return { title, code: code.code, examples };
}

const place = /^ *\/\/ Here goes the recipe.*$/m;

/** The recipe within its frame, as a reader would put them together. */
export function fileOf({ frame }: Pick<RecipePage, 'frame'>, { code }: Pick<Recipe, 'code'>): string {
  if (!place.test(frame)) throw new Error('The first block does not say where a recipe goes.');
  const presets = Object.keys(authoring).filter((name) => code.includes(`${name}(`));
  return frame
    .replace('{ defineConfig }', `{ ${['defineConfig', ...presets].join(', ')} }`)
    .replace('<npm run write-key>', '0'.repeat(64))
    .replace(place, () => code);
}

const root = resolve(import.meta.dirname, '../../..');

/** Files of configurations within the project, where they can import it by its name. */
export function writeFiles(files: Readonly<Record<string, string>>): { folder: string; remove(): void } {
  mkdirSync(resolve(root, '.local'), { recursive: true });
  const folder = mkdtempSync(resolve(root, '.local/recipes-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(resolve(folder, name), text);
  const settings = { extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] };
  writeFileSync(resolve(folder, 'tsconfig.json'), JSON.stringify(settings));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** Output of the compiler about the files in a folder; empty text when nothing is wrong. */
export async function compilerSays(folder: string): Promise<string> {
  const compiler = resolve(root, 'node_modules/typescript/lib/tsc.js');
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', folder], { cwd: root });
    return '';
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
}

/** Preview of a call: the server event, or why there is none; a list where several mappings match. */
export async function previewed(file: string, event: JsonObject, now: Date): Promise<unknown> {
  const preview = await configuredPreview(file).get();
  const shown = preview(event, now).map(shownOf);
  return shown.length === 1 ? shown[0] : shown;
}

function shownOf(result: Result): unknown {
  if ('request' in result) return (JSON.parse(result.request) as { data: unknown[] }).data[0];
  return 'skipped' in result ? { skipped: result.skipped } : { error: result.error };
}
