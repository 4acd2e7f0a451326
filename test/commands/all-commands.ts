import { bench } from '../../bench/bench.ts';
import { deploy, synth } from '../../cdk/cdk-commands.ts';
import { commands } from '../../commands/commands.ts';
import type { Command } from '../../commands/kit/define-command.ts';
import { graphStandIn } from '../../local/graph-stand-in/graph-stand-in.ts';
import { chaos } from '../chaos/chaos.ts';

const single = [bench, chaos, deploy, graphStandIn, synth];
const loaded = await Promise.all(Object.values(commands).map((load) => load()));

/** Every command by the name that follows `npm run`; those of a group by themselves as well: `dead-letters list`. */
export const allCommands: Readonly<Record<string, Command>> = Object.fromEntries(
  [...single, ...loaded].flatMap((command) => [
    [command.name, command],
    ...Object.values('commands' in command ? (command.commands as Record<string, Command>) : {}).map((each) => [
      each.name,
      each,
    ]),
  ]),
);
