import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type AppProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { checkedApp } from '../../../cdk/checked-app.ts';
import { environmentNames } from '../../../cdk/environment-name.ts';
import type { ConversionsPipelineProps } from '../../../cdk/constructs/conversions-pipeline.ts';
import { PipelineStack } from '../../../cdk/pipeline-stack.ts';
import cdkJson from '../../../cdk.json' with { type: 'json' };
import { environments } from '../../../config/environments.ts';
import type {
  DomainSettings,
  EnvironmentName,
  EnvironmentSettings,
} from '../../../shared/config/environment-settings.ts';

export interface Synthesized {
  readonly name: EnvironmentName;
  readonly stack: PipelineStack;
  readonly template: Template;
}

/** Runs with a folder that stands for a bundle; the folder is gone afterwards. */
export function withPlaceholderBundle<T>(run: (bundle: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'placeholder-bundle-'));
  const bundle = join(folder, 'bundle');
  mkdirSync(bundle);
  writeFileSync(join(bundle, 'index.mjs'), 'export const handler = async () => undefined;\n');
  try {
    return run(bundle);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An app under the flags of `cdk.json`, which writes beside the bundle. */
export const newApp = (bundle: string): App => new App(appProps(bundle));

/** The same, held to the rules that `cdk/app.ts` is held to. */
export const newCheckedApp = (bundle: string): App => checkedApp(appProps(bundle));

const appProps = (bundle: string): AppProps => ({ context: cdkJson.context, outdir: join(bundle, '../cdk.out') });

/** Facts of a configuration beyond the settings. */
export type Facts = Partial<Pick<ConversionsPipelineProps, 'tokenSecrets' | 'sources' | 'deliverAfterSeconds'>>;

/** Two sources, one of which promises traffic. */
export const sources: NonNullable<Facts['sources']> = { shop: { expectsTraffic: { withinHours: 6 } }, till: {} };

/** Adds an environment's stack, with other settings if need be. */
export function addStack(
  app: App,
  bundle: string,
  name: EnvironmentName,
  settings: EnvironmentSettings = environments[name],
  facts: Facts = {},
): PipelineStack {
  return new PipelineStack(app, `ConversionsPipeline-${name}`, {
    environmentName: name,
    settings,
    tokenSecrets: { main: `conversions/${name}/main`, second: `conversions/${name}/second` },
    bundles: { ingest: bundle, deliver: bundle, notify: bundle, watch: bundle },
    ...facts,
  });
}

/** Every environment's stack. */
export const synthesizeEnvironments = (): readonly Synthesized[] =>
  withPlaceholderBundle((bundle) => {
    const app = newApp(bundle);
    const stacks = environmentNames.map((name) => ({ name, stack: addStack(app, bundle, name) }));
    return stacks.map((each) => ({ ...each, template: Template.fromStack(each.stack) }));
  });

export const domain: DomainSettings = {
  name: 'events.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
};

export const webAclArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/11111111-2222-3333-4444-555555555555';

/** Production with every option on. */
export const everyOption: EnvironmentSettings = {
  ...environments.production,
  region: 'us-east-1',
  ingest: { ...environments.production.ingest, reservedConcurrency: 200 },
  alarms: { emails: ['on-call@example.com'] },
  customerManagedKey: true,
  tracing: true,
  record: { level: 'events', keepDays: 30 },
  domain: { ...domain, hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'example.com' } },
  firewall: { requestsPerAddress: 10_000, block: true, enforce: true },
};

/** The same, with a webhook for alarms, and so with what compares counts. */
export const withWebhook: EnvironmentSettings = {
  ...everyOption,
  alarms: { ...everyOption.alarms, webhookSecret: 'conversions/alarm-webhook' },
};

/** One stack by itself. */
export const synthesize = (settings: EnvironmentSettings, facts?: Facts): Template =>
  withPlaceholderBundle((bundle) =>
    Template.fromStack(addStack(newApp(bundle), bundle, 'production', settings, facts)),
  );
