import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildBundles } from '../../build/bundles.ts';
import { describeResult, isAsExpected } from './describe-result.ts';
import { type ChaosOptions, readOptions, usage } from './options.ts';
import { runScenario } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

/** `npm run chaos`: exits with 0 when every event is accounted for, with 1 when not, with 2 for a wrong option. */
const root = resolve(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'chaos-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
// The functions' processes end with this one.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

process.exit(await main());

async function main(): Promise<number> {
  let options: ChaosOptions | undefined;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  if (options === undefined) {
    console.log(usage);
    return 0;
  }
  try {
    const bundles = await buildBundles(root);
    const chosen: readonly Scenario[] = scenarios[options.scenario];
    let asExpected = true;
    for (const [index, scenario] of chosen.entries()) {
      const result = await runScenario(scenario, options, bundles, join(directory, String(index)));
      console.log(describeResult(scenario.title, result));
      asExpected &&= isAsExpected(result);
    }
    console.log(`seed ${options.seed}, most memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
    return asExpected ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
