import { appendFileSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { once } from 'node:events';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { createRemoteConsole } from '../../local/console/server/remote-console.ts';
import { scannedLetters } from '../../local/console/server/scanned-letters.ts';
import type { HealthNotice, QueueDepth } from '../../local/console/server/wire.ts';
import { startHttpApi } from '../../local/emulators/http-api/http-api.ts';
import { readLocalSettings } from '../../local/runtime/local-settings.ts';
import { environments } from '../../config/environments.ts';
import type { EnvironmentName } from '../../shared/config/environment-settings.ts';
import { findQueues, readQueue } from '../common/find-queues.ts';
import { namedQueues, queueOptions } from '../common/queue-options.ts';
import { readSecretToken } from '../common/read-token.ts';
import { type AwsAccess, loadDeployedConfig, withServices } from '../common/services.ts';
import { targetOf } from '../common/target-options.ts';
import { whoAmI } from '../common/who-am-i.ts';
import { leaveReceipts } from '../dead-letters/leave-receipts.ts';
import { withRecord } from '../events/open-record.ts';
import { defineCommand } from '../kit/define-command.ts';
import type { CommandEffects } from '../kit/effects.ts';
import { eventsByCode } from '../dead-letters/counts.ts';
import { flag, oneOf, text, wholeNumberFrom } from '../kit/option.ts';
import { deployedConfig, type DeployedConfig } from './deployed-config.ts';
import { type Metrics, readMetrics } from './read-metrics.ts';
import { remoteStatus } from './remote-status.ts';

const accountNames = Object.keys(environments) as EnvironmentName[];
const dayMs = 24 * 3_600_000;

export const consoleCommand = defineCommand({
  name: 'console',
  summary:
    'The console of a deployment in AWS, on this machine and with your credentials: its record, metrics and queues. It only looks unless it is allowed more. The console of npm start is at its own address.',
  page: 'docs/console.md',
  examples: ['npm run console -- --env production', 'npm run console -- --env staging --allow-changes'],
  options: {
    env: text('<name>', accountNames.join(', '), oneOf(accountNames)),
    port: text('<port>', 'to serve the page on; 3100 if left out', wholeNumberFrom(0, 65_535).default(3_100)),
    allowChanges: flag('also offers to redrive and purge, which asks twice and is written down'),
    ...queueOptions,
  },
  endsByItself: true,
  async run({ env: environment, port, allowChanges, eventsQueue, deadLetterQueue }, effects) {
    const named = namedQueues({ eventsQueue, deadLetterQueue });
    const target = targetOf({ env: environment, port: undefined }, effects);
    await withServices(target, async (services) => {
      const { sqs, aws, graphApiUrl, secrets } = services;
      const queues = named ?? (await findQueues(services));
      const { config, explainedBy } = await configOf(aws, environment, effects);
      const cloudWatch = new CloudWatchClient(aws);
      const who = allowChanges ? await whoAmI(aws) : '';
      const page = await createRemoteConsole({
        ...{ deployment: environment, config, explainedBy, client: sqs, eventsQueue: queues.events },
        ...{ mayChange: allowChanges, graph: graphApiUrl },
        ask: (use) => withRecord(target, use),
        letters: scannedLetters({ client: sqs, queueUrl: queues.deadLetters, pollSeconds: 1, now: Date.now }),
        async readStatus() {
          const now = effects.clock();
          const [events, deadLetters] = await Promise.all([
            readQueue(sqs, queues.events).then(depthOf),
            readQueue(sqs, queues.deadLetters).then(depthOf),
          ]);
          const range = { from: new Date(now.getTime() - dayMs), to: now, periodSeconds: 300 };
          const read = await readMetrics(cloudWatch, environment, range).catch((error: unknown) => error as Error);
          const isRead = !(read instanceof Error);
          const facts = { environment, config, queues: { events, deadLetters }, now };
          const status = remoteStatus({ ...facts, metrics: isRead ? read : noMetrics });
          return isRead ? status : { ...status, health: [unreadable(read), ...status.health] };
        },
        async tokenOf(secret) {
          const reading = await readSecretToken({ deployment: environment, secrets }, secret);
          if (reading.ok) return reading.token;
          throw new Error(`${reading.problem.reason} ${reading.problem.fix}`);
        },
        async onMoved(action, letters) {
          const at = effects.clock();
          const events = letters.reduce((sum, letter) => sum + letter.events, 0);
          const line = { at: at.toISOString(), who, environment, action, events, reasons: eventsByCode(letters) };
          const folder = readLocalSettings(effects.env, effects.root).stateDirectory;
          mkdirSync(folder, { recursive: true });
          appendFileSync(resolve(folder, actionsFile), `${JSON.stringify(line)}\n`, { mode: 0o600 });
          effects.say(`${line.at} ${who} ${action} ${events} ${JSON.stringify(line.reasons)}`);
          await leaveReceipts(
            { action, who, at, letters },
            { deployment: environment, aws, ask: (use) => withRecord(target, use), onError: effects.err },
          );
        },
        onError: (error) => effects.err(error instanceof Error ? error.message : String(error)),
      });
      const unknownPath = { statusCode: 404, body: '{"message":"There is nothing here. The page is at /console."}' };
      const http = await startHttpApi({
        port,
        invoke: async () => ({ ok: true, payload: unknownPath }),
        routes: page.routes,
      });
      try {
        effects.say(`Console of ${environment}  ${http.url}/console`);
        effects.say(`Events are explained by ${explainedBy}.`);
        effects.say(
          allowChanges
            ? `Changes are made as ${who}, and written to ${actionsFile}.`
            : 'It only looks: --allow-changes offers more.',
        );
        effects.say('Stop with Ctrl-C.');
        if (!effects.stopped.aborted) await once(effects.stopped, 'abort');
      } finally {
        page.close();
        await http.close();
        cloudWatch.destroy();
      }
    });
    return { result: undefined };
  },
});

const actionsFile = 'console-actions.jsonl';

/** The configuration that is deployed; where it cannot be fetched, the one in this folder, and a sentence that says so. */
async function configOf(
  aws: AwsAccess,
  environment: EnvironmentName,
  effects: CommandEffects,
): Promise<DeployedConfig> {
  const lambda = new LambdaClient(aws);
  try {
    return await deployedConfig(lambda, environment, effects.fetch);
  } catch (error) {
    const config = await loadDeployedConfig(targetOf({ env: environment, port: undefined }, effects));
    const why = error instanceof Error ? error.message : String(error);
    return {
      config,
      explainedBy: `config/${environment}.ts of this folder, which may differ from what is deployed (${why})`,
    };
  } finally {
    lambda.destroy();
  }
}

const depthOf = ({
  waiting,
  inFlight,
  delayed,
}: {
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
}): QueueDepth => ({
  visible: waiting,
  inFlight,
  delayed,
});

const noMetrics = new Proxy({}, { get: () => [] }) as Metrics;

const unreadable = (error: Error): HealthNotice => ({
  ...{ kind: 'gap', tone: 'waiting', title: 'The metrics could not be read, so this page does not know how it goes.' },
  ...{ detail: error.message, fix: 'Allow cloudwatch:GetMetricData to these credentials.' },
});
