import { closest } from '../shared/lib/closest.ts';
import { commands } from './commands.ts';
import { main } from './kit/main.ts';

/** `node commands/cli.ts <command> …`: what the scripts of `package.json` run. */
const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (load === undefined) {
  const meant = closest(name, Object.keys(commands));
  console.error(`There is no command ${JSON.stringify(name)}; there are ${Object.keys(commands).join(', ')}.`);
  if (meant !== undefined) console.error(`→ Did you mean ${meant}?`);
  process.exitCode = 2;
} else await main(await load(), args);
