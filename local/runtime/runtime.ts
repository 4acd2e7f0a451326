import { resolve } from 'node:path';
import * as z from 'zod';
import { buildBundles } from '../../build/bundles.ts';
import { writeBundles } from '../../build/write-bundles.ts';
import type { Config } from '../../shared/config/config.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { lockFile } from '../emulators/sqs/file-lock.ts';
import { makeFolder } from '../emulators/sqs/make-folder.ts';
import { mayHold } from '../../shared/queue/may-hold.ts';
import { forThisMachine } from '../local-hosts.ts';
import { isWithinReach } from './admission.ts';
import { type Backend, type RuntimeOutput, startBackend } from './backend.ts';
import { type AskRecord, withRecordIn } from '../../commands/events/open-record.ts';
import { createConsole } from '../console/server/console.ts';
import { watchPipeline } from '../console/server/watch-pipeline.ts';
import { readBody } from '../emulators/http-api/read-body.ts';
import { jsonOrNothing } from '../../shared/lib/json/json-or-nothing.ts';
import { type LocalRoute, startHttpApi } from '../emulators/http-api/http-api.ts';
import { describeConfig, describeProblem } from '../configuration/describe-config.ts';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { watchConfiguration } from '../configuration/watch-configuration.ts';
import { writeConfig } from '../configuration/write-config.ts';
import { asLocal, configFile } from '../configuration/local-config.ts';
import type { LocalSettings } from './local-settings.ts';

export interface Runtime {
  readonly url: string;
  readonly graphApiUrl: string;
  /** Lets what is in flight finish; what is queued stays in the journal for the next start. */
  close(): Promise<void>;
}

export interface StartOutput extends RuntimeOutput {
  /** The configuration changed, or was changed to something that cannot run. */
  onConfiguration(text: string): void;
}

/**
 * AWS on this machine: the bundles that are deployed, in processes of their own, with queues, secrets and a Graph API to
 * talk to over HTTP. Every number comes from the settings that the CDK stack is made with.
 *
 * @throws ConfigurationError when the configuration is not valid; StateFileError when another run has the state directory;
 *   the system's error when the port is taken or the directory cannot be made
 */
export async function startRuntime(settings: LocalSettings, root: string, output: StartOutput): Promise<Runtime> {
  const file = configFile(settings, root);
  const since = Date.now();
  const first = await readConfiguration(file);
  if ('problem' in first) throw new ConfigurationError(first.problem.title, first.problem.issues);
  const config = asLocal(first.config, settings);
  const stack = new AsyncDisposableStack();
  let ready: Backend | undefined;
  const routes: Record<string, LocalRoute> = {
    '/health': forThisMachine((_, response) => {
      response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json', ...(!ready && retryAfter) });
      response.end(JSON.stringify(ready ? health(ready, settings, file) : { status: 'starting' }));
    }),
    // For commands that change files: nothing of them is being written then.
    'POST /settle': forThisMachine((_, response) => {
      ready?.settle();
      response.writeHead(ready === undefined ? 503 : 204).end();
    }),
    // Some messages wait for their time: no client of SQS can receive them, and a person's events must go all the same.
    '/waiting': forThisMachine((_, response) => {
      response.writeHead(ready === undefined ? 503 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(ready?.messages('events') ?? {}));
    }),
    // Where events are that somebody asks about: what a client of SQS receives counts as received.
    'POST /messages': forThisMachine(async (request, response) => {
      const texts = z.array(z.string()).safeParse(jsonOrNothing(String(await readBody(request, 16 * 1024 * 1024))));
      response.writeHead(texts.success && ready !== undefined ? 200 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify(ready === undefined ? {} : messagesHolding(ready, texts.data ?? [])));
    }),
    'POST /waiting/forget': forThisMachine(async (request, response) => {
      const ids = z.array(z.string()).safeParse(jsonOrNothing(String(await readBody(request, 16 * 1024 * 1024))));
      if (ids.success) ready?.forget(ids.data);
      response.writeHead(ids.success && ready !== undefined ? 204 : 400).end();
    }),
    '/console': (_, response) => {
      response.writeHead(503, { 'content-type': 'text/plain', ...retryAfter });
      response.end('The runtime is starting.');
    },
  };
  // First of all the port: a second start on it must not touch the journal of the one that runs.
  const http = await startHttpApi({
    port: settings.port,
    invoke: async (event) => (ready === undefined ? starting : ready.ingest.invoke(event)),
    admits: (underWay) => isWithinReach(underWay, ready?.queuedBytes() ?? 0),
    routes,
  });
  try {
    makeFolder(settings.stateDirectory);
    const bundles = resolve(settings.stateDirectory, 'bundles');
    // Before they are written: the functions of another run would start with this one's configuration.
    stack.defer(lockFile(bundles));
    writeBundles(bundles, await buildBundles(root), config);
    const watch = watchPipeline(config);
    const env = { ...watch.hooks.env, ENDPOINT_URL: settings.endpointUrl ?? http.url };
    const hooks = { ...watch.hooks, env };
    const backend = await startBackend(settings, config, bundles, watch.output(output), stack, hooks);
    const ask: AskRecord | undefined =
      settings.recordLevel === 'off' ? undefined : (use) => withRecordIn(settings.stateDirectory, use);
    const page = await createConsole({ ...watch, config, settings, backend, endpoint: http.url, ask });
    stack.defer(() => page.close());
    Object.assign(routes, page.routes);
    ready = backend;
    let running = config;
    const watched = watchConfiguration({
      ...{ config, files: first.files, since },
      async read(signal) {
        const reading = await readConfiguration(file, signal);
        return 'problem' in reading ? reading : { ...reading, config: asLocal(reading.config, settings) };
      },
      async apply(next) {
        await takeUp(next, running, bundles, backend);
        running = next;
        watch.configure(next);
        await page.configure(next);
        output.onConfiguration(`configuration changed: ${describeConfig(next)}`);
      },
      onProblem(problem) {
        page.tellProblem(problem);
        output.onConfiguration(`configuration not changed, the one from before goes on:\n${describeProblem(problem)}`);
      },
      onMended() {
        page.tellProblem(undefined);
        output.onConfiguration(`configuration as before: ${describeConfig(running)}`);
      },
    });
    stack.defer(() => watched.close());
    return {
      url: http.url,
      graphApiUrl: backend.endpoints.graph,
      async close() {
        await http.close();
        await stack.disposeAsync();
      },
    };
  } catch (error) {
    await http.close();
    await stack.disposeAsync();
    throw error;
  }
}

/** Has the functions run another configuration, or, should they not start with it, the one from before. */
async function takeUp(next: Config, before: Config, bundles: string, backend: Backend): Promise<void> {
  writeConfig(bundles, next);
  try {
    await backend.configure(next);
  } catch (error) {
    writeConfig(bundles, before);
    await backend.configure(before);
    throw error;
  }
}

const messagesHolding = (backend: Backend, texts: readonly string[]): Record<string, Record<string, string>> => {
  const holding = (queue: 'events' | 'deadLetters') =>
    Object.fromEntries(Object.entries(backend.messages(queue)).filter(([, body]) => mayHold(body, texts)));
  return { events: holding('events'), deadLetters: holding('deadLetters') };
};

const retryAfter = { 'retry-after': '1' };
const starting = { ok: false, errorType: 'Starting', errorMessage: 'The runtime is starting.' } as const;

/** Facts for other programs, the commands of this project among them: they look at what runs here. */
const health = (
  { endpoints, queues }: Backend,
  { configFile: own, datasetId, stateDirectory, recordLevel }: LocalSettings,
  file: string,
) => ({
  status: 'ok',
  endpoints,
  queues,
  // A configuration of one's own names its datasets itself.
  configuration: own === undefined ? { file: null, datasetId } : { file },
  record: { level: recordLevel, stateDirectory },
});
