import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../commands/commands.ts';
import { optionName, readCommandLine } from '../../../commands/kit/read-command-line.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { allCommands } from '../all-commands.ts';
import { execute } from '../execute.ts';
import { pages, pageText, printedIn, shellBlocksOf } from '../printed-commands.ts';

const root = resolve(import.meta.dirname, '../../..');
const all = Object.entries(allCommands);
const scripts: Readonly<Record<string, string>> = packageJson.scripts;

describe('every command', () => {
  it.each(Object.entries(commands))('%s goes by the name that it is listed under', async (name, load) => {
    expect((await load()).name).toBe(name);
  });

  it.each(all.filter(([name]) => !name.includes(' ')))('%s has a script of its name', (name) => {
    expect(scripts[name]).toMatch(/^node /);
  });

  it.each(all.filter(([name]) => !name.includes(' ')))('%s has its row in CONTRIBUTING.md', (name) => {
    expect(pageText('CONTRIBUTING.md')).toMatch(new RegExp(`^\\| \`npm run ${name}\` `, 'm'));
  });

  it.each(all)('%s --help names every option, its page and its exit codes', async (_, command) => {
    const { code, out, err } = await execute(command, ['--help']);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const [key, { help }] of Object.entries(command.options)) {
      expect(out).toMatch(new RegExp(`^  --${optionName(key)}[ …]`, 'm'));
      expect(out).toContain(help);
    }
    expect(out).toContain('Ends with 0 when all is well');
    expect(existsSync(resolve(root, command.page))).toBe(true);
  });

  it.each(all)('%s refuses an option that it does not have, and says which it may be', async (name, command) => {
    if ('commands' in command) return;
    const [first = ''] = Object.keys(command.options);

    const { code, out, err } = await execute(command, [`--${optionName(first)}x`]);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(new RegExp(`^${name}: there is no option --${optionName(first)}x$`, 'm'));
    expect(err).toContain(
      `Did you mean --${first === '' ? 'help' : optionName(first)}?`.slice(0, first === '' ? 0 : 99),
    );
  });

  it.each(all.flatMap(([name, { examples }]) => examples.map((example) => ({ name, example }))))(
    '$name reads its example: $example',
    ({ name, example }) => {
      const [printed] = printedIn(example, 'help');

      expect(printed?.name.startsWith(name)).toBe(true);
      expect(() => readCommandLine(allCommands[printed?.name ?? ''] as never, printed?.args ?? [])).not.toThrow();
    },
  );
});

describe('commands in the documents', () => {
  const printed = pages.flatMap((file) => printedIn(pageText(file), file)).filter(({ args }) => args.length > 0);

  it('are found', () => {
    expect(printed.length).toBeGreaterThan(30);
  });

  it.each(printed)('$file: $line', ({ name, args }) => {
    if (args.includes('--help')) return;
    expect(() => readCommandLine(allCommands[name] as never, args)).not.toThrow();
  });
});

/** Those that need neither AWS, Meta nor a running pipeline. */
const offline = /npm run (-s )?(cost|preview|write-key)\b/;
const runnable = [
  ...pages.flatMap((file) => shellBlocksOf(file).map((block) => ({ where: file, block }))),
  ...all.flatMap(([name, { examples }]) => examples.map((block) => ({ where: `${name} --help`, block }))),
].filter(
  ({ block }) =>
    offline.test(block) && block.match(/npm (run|start|ci)/g)?.length === block.match(new RegExp(offline, 'g'))?.length,
);

describe('commands that run offline, as they are printed', { timeout: 60_000 }, () => {
  it('are found', () => {
    expect(runnable.length).toBeGreaterThan(4);
  });

  it.each(runnable)('$where: $block', ({ block }) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', block], {
      cwd: root,
      encoding: 'utf8',
    });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toMatch(/"error":/);
    expect(stdout).not.toBe('');
  });
});
