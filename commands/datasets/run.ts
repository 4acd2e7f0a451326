import { safeJson, safeText } from '../dead-letters/safe-text.ts';
import { chooseDestination, flag, readCommandLine, readPlace, text } from '../common/command-options.ts';
import { loadEnvironmentConfig, openServices } from '../common/environment.ts';
import { type CommandEffects, type ExitCode, problemLines, runCommand } from '../common/run-command.ts';
import { readSecretToken } from '../common/read-token.ts';
import { type Dataset, type DatasetList, listDatasets } from './list-datasets.ts';

export const usage =
  'npm run datasets -- [--env local|development|staging|production] [--destination <name>] [--port <port>] [--json], see docs/doctor.md';

/**
 * Runs one command line: lists what the token of a destination reaches.
 *
 * @returns 1 also when the configured dataset is not among them
 */
export const run = (args: readonly string[], effects: CommandEffects): Promise<ExitCode> =>
  runCommand({ name: 'datasets', usage }, args, effects, () => list(args, effects));

async function list(args: readonly string[], { variables, root, fetch, out, err }: CommandEffects): Promise<ExitCode> {
  const line = readCommandLine(args, { env: text, destination: text, port: text, json: flag });
  const place = { ...readPlace(line, variables, 'local'), variables, root };
  const { destinations } = await loadEnvironmentConfig(place);
  const [name, destination] = chooseDestination(destinations, line.text('destination'));
  const services = await openServices(place);
  try {
    const secret = await readSecretToken(services, destination.accessTokenSecret);
    const found: DatasetList = secret.ok
      ? await listDatasets({
          fetch,
          graphApiUrl: services.graphApiUrl,
          graphVersion: destination.graphVersion,
          token: secret.token.accessToken,
          appSecret: secret.token.appSecret,
        })
      : secret;
    if (line.flag('json')) out(safeJson(jsonOf(found, destination.datasetId)));
    else if (found.ok) for (const row of tableLines(found.datasets, destination.datasetId)) out(row);
    if (!found.ok) {
      for (const problem of problemLines(found.problem)) err(problem);
      return 1;
    }
    if (found.datasets.some(({ id }) => id === destination.datasetId)) return 0;
    const reason = `The destination ${name} sends to ${destination.datasetId}, which is not among them.`;
    const fix =
      'Set datasetId in the configuration to one of them, or assign it to the system user in Business settings.';
    for (const problem of problemLines({ reason, fix })) err(problem);
    return 1;
  } finally {
    services.close();
  }
}

const jsonOf = (found: DatasetList, datasetId: string) =>
  found.ok
    ? { datasets: found.datasets.map((each) => ({ ...each, configured: each.id === datasetId })) }
    : { problem: found.problem };

/** A row per dataset, its columns aligned; the configured one has a `*`. */
function tableLines(datasets: readonly Dataset[], configured: string): string[] {
  if (datasets.length === 0) return ['The token reaches no datasets.'];
  const rows = [
    ['', 'id', 'name', 'business', 'last received'],
    ...datasets.map(({ id, name, business, lastFiredAt }) => [
      id === configured ? '*' : '',
      id,
      safeText(name, 40),
      safeText(business?.name ?? '', 40),
      lastFiredAt?.toISOString() ?? 'never',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
