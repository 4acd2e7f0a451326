import { safeJson, safeText } from '../dead-letters/safe-text.ts';
import { type CommandLine, flag, readCommandLine, readPlace, text, UsageError } from '../common/command-options.ts';
import { findingLines } from '../common/finding.ts';
import { type CommandEffects, type ExitCode, runCommand } from '../common/run-command.ts';
import { examine, type Result } from './examine.ts';
import type { QueueUrls } from './read-queues.ts';

export const usage =
  'npm run doctor -- [--env local|development|staging|production] [--test-event-code <code>] [--events-queue <url> --dead-letter-queue <url>] [--port <port>] [--json], see docs/doctor.md';

const options = {
  env: text,
  port: text,
  'test-event-code': text,
  'events-queue': text,
  'dead-letter-queue': text,
  json: flag,
};

/** Runs one command line: looks at everything that events need on their way. @returns 1 when a check failed */
export const run = (args: readonly string[], effects: CommandEffects): Promise<ExitCode> =>
  runCommand({ name: 'doctor', usage }, args, effects, async () => {
    const { variables, root, fetch, clock, out } = effects;
    const line = readCommandLine(args, options);
    const json = line.flag('json');
    const place = readPlace(line, variables, 'local');
    const results: Result[] = [];
    let part: string | undefined | null = null;
    await examine(
      {
        ...place,
        variables,
        root,
        fetch,
        now: clock(),
        testEventCode: line.text('test-event-code'),
        queues: readQueues(line),
      },
      (result) => {
        results.push(result);
        if (json) return;
        if (result.destination !== part) out(titleOf(place.name, result));
        part = result.destination;
        for (const each of findingLines(result.check, result.finding)) out(`  ${safeText(each, 1_000)}`);
      },
    );
    const status = worst(results);
    if (json) out(safeJson({ environment: place.name, status, checks: results.map(jsonOf) }));
    else out(`\n${summary(results)}`);
    return status === 'failed' ? 1 : 0;
  });

function readQueues(line: CommandLine): QueueUrls | undefined {
  const [events, deadLetters] = [urlOf(line, 'events-queue'), urlOf(line, 'dead-letter-queue')];
  if (events === undefined && deadLetters === undefined) return undefined;
  if (events !== undefined && deadLetters !== undefined) return { events, deadLetters };
  throw new UsageError('give both --events-queue and --dead-letter-queue, or neither');
}

function urlOf(line: CommandLine, option: string): string | undefined {
  const url = line.text(option);
  if (url === undefined || (URL.canParse(url) && /^https?:\/\//.test(url))) return url;
  throw new UsageError(`--${option} ${JSON.stringify(url)} is not the URL of a queue`);
}

const titleOf = (environment: string, { destination }: Result): string =>
  destination === undefined ? environment : `\n${environment}, destination ${destination}`;

const worst = (results: readonly Result[]) =>
  (['failed', 'warning'] as const).find((status) => results.some(({ finding }) => finding.status === status)) ?? 'ok';

const jsonOf = ({ finding, ...where }: Result) => ({ ...where, ...finding });

function summary(results: readonly Result[]): string {
  const count = (status: Result['finding']['status']): number =>
    results.filter(({ finding }) => finding.status === status).length;
  return `${count('ok')} ok, ${count('warning')} warnings, ${count('failed')} failed, ${count('skipped')} skipped`;
}
