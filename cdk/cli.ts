import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readCliArguments } from './cli-arguments.ts';

const request = readCliArguments(process.argv.slice(2));
if ('usageError' in request) {
  process.stderr.write(`${request.usageError}\n`);
  process.exit(2);
}

if ('usage' in request) {
  process.stdout.write(`${request.usage}\n`);
  process.exit(0);
}

const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
const exitCodes = request.runs.map((runArguments) => {
  const { status } = spawnSync(process.execPath, [cdk, ...runArguments], {
    cwd: join(import.meta.dirname, '..'),
    stdio: 'inherit',
  });
  return status ?? 1;
});
process.exitCode = exitCodes.find((code) => code !== 0) ?? 0;
