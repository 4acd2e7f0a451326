import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { PipelineStack } from '../../../cdk/pipeline-stack.ts';
import { fromConfiguration } from '../../../cdk/from-configuration.ts';
import cdkJson from '../../../cdk.json' with { type: 'json' };
import { environments } from '../../../config/environments.ts';
import { type AwsServer, startAwsServer } from '../../../local/emulators/aws/aws-server.ts';
import { type GraphApi, startGraphApi } from '../../../local/graph-stand-in/graph-api.ts';
import { createLambdaFunction, type LambdaFunction } from '../../../local/emulators/lambda/lambda-function.ts';
import type { Config } from '../../../shared/config/config.ts';
import type { EnvironmentName } from '../../../shared/config/environment-settings.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** Assembly that `cdk deploy` would hand to CloudFormation. */
export interface Assembly {
  readonly resources: Readonly<Record<string, Resource>>;
  /** Folder that is uploaded as a function's code, by the key the template has for it. */
  assetFolder(s3Key: string): string;
}

/** Synthesizes an environment with the bundles of `bundles/<function>` into a folder, as `cdk synth` does. */
export function synthesize(name: EnvironmentName, config: Config, bundles: string, outdir: string): Assembly {
  const app = new App({ context: cdkJson.context, outdir });
  const stack = new PipelineStack(app, `ConversionsPipeline-${name}`, {
    environmentName: name,
    settings: environments[name],
    ...fromConfiguration(config),
    bundles: { ingest: join(bundles, 'ingest'), deliver: join(bundles, 'deliver') },
  });
  app.synth();
  const { Resources: resources } = readJson<{ Resources: Record<string, Resource> }>(
    outdir,
    `${stack.stackName}.template.json`,
  );
  const { files } = readJson<{ files: Record<string, { source: { path: string } }> }>(
    outdir,
    `${stack.stackName}.assets.json`,
  );
  return {
    resources,
    assetFolder(s3Key) {
      const file = files[s3Key.replace(/\.zip$/, '')];
      if (file === undefined) throw new Error(`the assembly has no asset ${s3Key}`);
      return join(outdir, file.source.path);
    },
  };
}

const readJson = <T>(folder: string, file: string): T => JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;

/** The one resource of a type whose logical id holds a word. */
export function oneOf(
  { resources }: Assembly,
  type: string,
  word: string,
): readonly [logicalId: string, properties: Properties] {
  const found = Object.entries(resources).filter(([id, resource]) => resource.Type === type && id.includes(word));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources of ${type} match "${word}"`);
  return [only[0], only[1].Properties];
}
type Properties = Resource['Properties'];

export interface LocalDeployment {
  readonly ingest: LambdaFunction;
  readonly deliver: LambdaFunction;
  readonly aws: AwsServer;
  readonly graph: GraphApi;
  readonly queues: { readonly events: string; readonly deadLetters: string };
  /** Lines that the functions printed. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** The queues, secrets and functions of a template on this machine, with a Graph API stand-in that takes the token. */
export async function deployLocally(assembly: Assembly, token: string): Promise<LocalDeployment> {
  const aws = await startAwsServer();
  const graph = await startGraphApi({ accepts: (given) => given === token });
  const [deadLettersId, deadLetters] = oneOf(assembly, 'AWS::SQS::Queue', 'DeadLetters');
  const [eventsId, events] = oneOf(assembly, 'AWS::SQS::Queue', 'Events');
  const dead = aws.queues.ensureQueue(String(deadLetters['QueueName']), attributes(deadLetters));
  const { maxReceiveCount } = events['RedrivePolicy'] as { maxReceiveCount: number };
  const queue = aws.queues.ensureQueue(String(events['QueueName']), {
    ...attributes(events),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount }),
  });
  for (const { Type, Properties } of Object.values(assembly.resources)) {
    if (Type === 'AWS::SecretsManager::Secret') aws.secrets.put(String(Properties['Name']), token);
  }

  const lines: string[] = [];
  const refs = { [eventsId]: queue.url, [deadLettersId]: dead.url };
  const start = (word: string): LambdaFunction => {
    const [, properties] = oneOf(assembly, 'AWS::Lambda::Function', word);
    const { S3Key } = properties['Code'] as { S3Key: string };
    const { Variables } = properties['Environment'] as { Variables: Record<string, unknown> };
    return createLambdaFunction({
      name: word.toLowerCase(),
      directory: assembly.assetFolder(S3Key),
      env: {
        ...Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, resolved(value, refs)])),
        AWS_ENDPOINT_URL_SQS: aws.url,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
        GRAPH_API_URL: graph.url,
      },
      timeoutSeconds: Number(properties['Timeout']),
      memoryMb: Number(properties['MemorySize']),
      concurrency: 1,
      onLog: (line) => lines.push(line),
    });
  };
  const ingest = start('Ingest');
  const deliver = start('Deliver');

  return {
    ingest,
    deliver,
    aws,
    graph,
    queues: { events: queue.url, deadLetters: dead.url },
    lines,
    async close() {
      await Promise.all([ingest.close(), deliver.close()]);
      await Promise.all([aws.close(), graph.close()]);
    },
  };
}

const attributes = (queue: Properties): Record<string, string> =>
  Object.fromEntries(
    ['MessageRetentionPeriod', 'VisibilityTimeout'].flatMap((name) =>
      queue[name] === undefined ? [] : [[name, String(queue[name])]],
    ),
  );

/** A variable as the function would see it. */
function resolved(value: unknown, refs: Readonly<Record<string, string>>): string {
  if (typeof value === 'string') return value;
  const ref = refs[(value as { Ref?: string }).Ref ?? ''];
  if (ref === undefined) throw new Error(`nothing here stands for ${JSON.stringify(value)}`);
  return ref;
}
