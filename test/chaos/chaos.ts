import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundles } from '../../build/bundles.ts';
import { defineCommand } from '../../commands/kit/define-command.ts';
import { describeResult, isAsExpected } from './describe-result.ts';
import { chaosOptions, withTimeout } from './options.ts';
import { runScenario } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

export const chaos = defineCommand({
  name: 'chaos',
  summary: 'Runs the whole pipeline on 127.0.0.1, breaks what it depends on, and accounts for every event.',
  page: 'docs/chaos.md',
  examples: ['npm run chaos', 'npm run chaos -- --events 100000', 'npm run chaos -- --scenario two-destinations'],
  options: chaosOptions,
  async run(values, { root, say }) {
    const options = withTimeout(values);
    const directory = mkdtempSync(join(tmpdir(), 'chaos-'));
    process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
    const bundles = await buildBundles(root);
    const chosen: readonly Scenario[] = scenarios[options.scenario];
    const results = [];
    for (const [index, scenario] of chosen.entries()) {
      const result = await runScenario(scenario, options, bundles, join(directory, String(index)));
      say(describeResult(scenario.title, result));
      const { ledger, faults, ...rest } = result;
      const asExpected = isAsExpected(result);
      results.push({ title: scenario.title, asExpected, ...rest, ...ledger, faults: Object.fromEntries(faults) });
    }
    const mostMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
    const failed = results.some(({ asExpected }) => !asExpected);
    return { result: { seed: options.seed, mostMemoryMb, scenarios: results }, failed };
  },
  print: ({ seed, mostMemoryMb }, { out }) => out(`seed ${seed}, most memory ${mostMemoryMb} MB`),
});
