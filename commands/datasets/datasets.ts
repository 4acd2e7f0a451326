import { readSecretToken } from '../common/read-token.ts';
import { chooseDestination, destinationOption, targetOf, targetOptions } from '../common/target-options.ts';
import { loadDeployedConfig, withServices } from '../common/services.ts';
import { defineCommand } from '../kit/define-command.ts';
import { type Problem, problemLines } from '../kit/report-errors.ts';
import { safeText } from '../kit/safe-text.ts';
import { textTable } from '../kit/table.ts';
import { type Dataset, listDatasets } from './list-datasets.ts';

/** Datasets that a token reaches, and what is not well about it. */
export interface DatasetsFound {
  readonly datasets?: readonly (Dataset & {
    /** Whether the destination sends to it. */
    readonly configured: boolean;
  })[];
  readonly problem?: Problem;
}

export const datasets = defineCommand({
  name: 'datasets',
  summary: "Lists the datasets and pixels that a destination's token reaches, and marks the configured one.",
  page: 'docs/doctor.md',
  examples: ['npm run datasets', 'npm run datasets -- --env staging --destination main'],
  options: { ...targetOptions, destination: destinationOption },
  async run({ destination: wanted, ...where }, effects) {
    const target = targetOf(where, effects);
    const { destinations } = await loadDeployedConfig(target);
    const [name, { accessTokenSecret, graphVersion, datasetId }] = chooseDestination(destinations, wanted);
    const found = await withServices(target, async (services) => {
      const secret = await readSecretToken(services, accessTokenSecret);
      if (!secret.ok) return secret;
      const { accessToken: token, appSecret } = secret.token;
      return listDatasets({ fetch: effects.fetch, graphApiUrl: services.graphApiUrl, graphVersion, token, appSecret });
    });
    if (!found.ok) return { result: { problem: found.problem }, failed: true };
    const listed = found.datasets.map((each) => ({ ...each, configured: each.id === datasetId }));
    if (listed.some(({ configured }) => configured)) return { result: { datasets: listed } };
    const problem = {
      reason: `The destination ${name} sends to ${datasetId}, which is not among them.`,
      fix: 'Set datasetId in the configuration to one of them, or assign it to the system user in Business settings.',
    };
    return { result: { datasets: listed, problem }, failed: true };
  },
  print({ datasets: listed, problem }: DatasetsFound, { out, err }) {
    if (listed !== undefined) for (const row of tableLines(listed)) out(row);
    if (problem !== undefined) for (const line of problemLines(problem)) err(line);
  },
});

function tableLines(listed: NonNullable<DatasetsFound['datasets']>): string[] {
  if (listed.length === 0) return ['The token reaches no datasets.'];
  return textTable([
    ['', 'id', 'name', 'business', 'last received'],
    ...listed.map(({ id, name, business, lastFiredAt, configured }) => [
      configured ? '*' : '',
      id,
      safeText(name, 40),
      safeText(business?.name ?? '', 40),
      lastFiredAt?.toISOString() ?? 'never',
    ]),
  ]);
}
