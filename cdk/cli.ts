import { commandGroup } from '../commands/kit/command-group.ts';
import { main } from '../commands/kit/main.ts';
import { deploy, synth } from './cdk-commands.ts';

/** `npm run synth` and `npm run deploy`. */
const summary = 'Writes the templates, or deploys them.';
await main(commandGroup({ name: 'synth|deploy', summary, page: 'docs/deploy.md', commands: { synth, deploy } }));
