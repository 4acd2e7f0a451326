import { resolve } from 'node:path';
import { takeNoOptions } from '../build/without-options.ts';
import { describeBatch } from './runtime/batch-line.ts';
import { sampleCurl } from './console/server/sample-curl.ts';
import { describeRefusal } from './runtime/refusal-line.ts';
import { readLocalSettings } from './runtime/local-settings.ts';
import { startRuntime } from './runtime/runtime.ts';
import { startProblem } from './runtime/start-problem.ts';

/** `npm start`: the whole pipeline on 127.0.0.1. */
takeNoOptions(
  'npm start: the whole pipeline on 127.0.0.1. Settings are environment variables such as PORT, see README.md',
);

// Queued events and configurations on disk are for this user only, whoever of us writes them.
process.umask(0o077);
const root = resolve(import.meta.dirname, '..');

try {
  const settings = readLocalSettings(process.env, root);
  const runtime = await startRuntime(settings, root, {
    onBatch: (line) => console.log(describeBatch(line)),
    onRefusal: (line) => console.log(describeRefusal(line)),
    onLog: (line) => console.log(line),
    onConfiguration: (text) => console.log(text),
    onError: (error) => console.error(`queue: ${error.message}`),
  });
  console.log(`
Segment endpoint  ${runtime.url}
Write key         ${settings.writeKey}
Graph API         ${runtime.graphApiUrl}${settings.graphApiUrl === undefined ? ' (stand-in)' : ''}
Console           ${runtime.url}/console
Configuration     ${settings.configFile ?? 'config/local.ts'} (a change applies at once)

Try it:

${sampleCurl(runtime.url, settings.writeKey)}

Stop with Ctrl-C; what is queued is kept for the next start.`);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    console.log('Stopping: finishing what is in flight.');
    await runtime.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  console.error(startProblem(error));
  process.exitCode = 1;
}
