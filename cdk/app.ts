import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { environments } from '../config/environments.ts';
import type { Config } from '../shared/config/config.ts';
import type { EnvironmentName } from '../shared/config/environment-settings.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { checkedApp } from './checked-app.ts';
import { SettingsError } from './constructs/settings-error.ts';
import { environmentNames, isEnvironmentName } from './environment-name.ts';
import { fromConfiguration } from './from-configuration.ts';
import { PipelineStack } from './pipeline-stack.ts';

// Imported on demand: a mistake in one environment's file must not stop the deployment of another.
const configurations: Record<EnvironmentName, () => Promise<{ default: Config }>> = {
  development: () => import('../config/development.ts'),
  staging: () => import('../config/staging.ts'),
  production: () => import('../config/production.ts'),
};

async function addStack(app: App, environmentName: EnvironmentName): Promise<void> {
  const { default: configuration } = await configurations[environmentName]();
  const bundles = join(import.meta.dirname, '..', 'dist', environmentName);
  new PipelineStack(app, `ConversionsPipeline-${environmentName}`, {
    environmentName,
    settings: { ...environments[environmentName], ...(isAllAtOnce(app) && { deployment: 'all-at-once' }) },
    ...fromConfiguration(configuration),
    bundles: {
      ingest: join(bundles, 'ingest'),
      deliver: join(bundles, 'deliver'),
      notify: join(bundles, 'notify'),
      watch: join(bundles, 'watch'),
    },
  });
}

/** `npm run deploy -- --all-at-once`: without a canary for this once, which a ringing alarm would stop. */
const isAllAtOnce = (app: App): boolean => app.node.tryGetContext('all-at-once') === 'true';

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const app = checkedApp();
const chosen: unknown = app.node.tryGetContext('env');
if (!isEnvironmentName(chosen)) {
  const problem = chosen === undefined ? 'No environment was chosen' : `There is no environment "${chosen}"`;
  fail(`${problem}; there are ${environmentNames.join(', ')}. Run: npx cdk synth -c env=${environmentNames[0]}`);
}
try {
  await addStack(app, chosen);
} catch (error) {
  // Faults of what the user wrote name themselves; a stack would bury them.
  if (error instanceof ConfigurationError) fail(`config/${chosen}.ts: ${error.message}`);
  if (error instanceof SettingsError) fail(`config/environments.ts, ${chosen}: ${error.message}`);
  throw error;
}
