import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { environmentNames } from '../../../cdk/environment-name.ts';
import { PipelineStack } from '../../../cdk/pipeline-stack.ts';
import cdkJson from '../../../cdk.json' with { type: 'json' };
import { environments } from '../../../config/environments.ts';
import type { EnvironmentName } from '../../../shared/config/environment-settings.ts';

export interface Synthesized {
  readonly name: EnvironmentName;
  readonly stack: PipelineStack;
  readonly template: Template;
}

/** Every environment's stack under the flags of `cdk.json`, with a placeholder for the bundles. */
export function synthesizeEnvironments(): readonly Synthesized[] {
  const bundle = mkdtempSync(join(tmpdir(), 'placeholder-bundle-'));
  writeFileSync(join(bundle, 'index.mjs'), 'export const handler = async () => undefined;\n');
  const app = new App({ context: cdkJson.context });

  try {
    const stacks = environmentNames.map((name) => ({
      name,
      stack: new PipelineStack(app, `ConversionsPipeline-${name}`, {
        environmentName: name,
        settings: environments[name],
        tokenSecretNames: [`conversions/${name}/main`, `conversions/${name}/second`],
        bundles: { ingest: bundle, deliver: bundle },
      }),
    }));
    return stacks.map((each) => ({ ...each, template: Template.fromStack(each.stack) }));
  } finally {
    rmSync(bundle, { recursive: true });
  }
}
