import type { DestinationConfig } from '../../shared/config/config.ts';
import { graphVersionDaysLeft, graphVersionEnds } from '../../shared/meta/graph/graph-versions.ts';
import { exampleDatasetId } from '../../shared/config/example-values.ts';
import type { Check } from '../common/check.ts';
import { isStandIn } from '../common/services.ts';
import { failed, type Finding, ok, warning } from '../common/finding.ts';
import { plural } from '../kit/plural.ts';
import type { SecretReading } from '../common/read-token.ts';

export interface DestinationContext {
  readonly destination: DestinationConfig;
  readonly graphApiUrl: string;
  readonly secret: SecretReading;
  readonly now: Date;
}

const warnDays = 90;
const newest = Object.keys(graphVersionEnds).at(-1);

/** Faults of a destination that show before its token is tried on Meta. A new check is an entry here. */
export const destinationChecks: readonly Check<DestinationContext>[] = [
  {
    name: 'dataset id',
    run: ({ destination: { datasetId }, graphApiUrl }) => {
      if (isStandIn(graphApiUrl)) return ok(`${datasetId}, at a stand-in for Meta.`);
      const fix = "Copy the dataset's id from Events Manager into datasetId, as text, and deploy.";
      if (datasetId === exampleDatasetId) return failed(`${datasetId} is the example's.`, fix);
      if (/^[1-9]\d{13,19}$/.test(datasetId)) return ok(datasetId);
      return warning(`${datasetId} does not look like a dataset's id, which has about 15 or 16 digits.`, fix);
    },
  },
  {
    name: 'Graph version',
    run: ({ destination, now }) => {
      const finding = versionFinding(destination.graphVersion, now);
      return finding.status === 'ok' ? triedFinding(destination, finding.message) : finding;
    },
  },
  {
    name: 'secret',
    run: ({ destination: { accessTokenSecret }, secret }) => {
      if (!secret.ok) return failed(secret.problem.reason, secret.problem.fix);
      return ok(`${accessTokenSecret} holds a token${secret.token.appSecret ? ' and an app secret' : ''}.`);
    },
  },
];

function versionFinding(version: string, now: Date): Finding {
  const days = graphVersionDaysLeft(version, now);
  const fix = `Set graphVersion of the destination to ${newest}, and deploy.`;
  if (days === undefined && !(version in graphVersionEnds)) {
    return warning(
      `${version} is not known here.`,
      `${fix} A newer one belongs into shared/meta/graph/graph-versions.ts.`,
    );
  }
  if (days === undefined) return ok(`${version}, whose end is not announced.`);
  if (days <= 0) return failed(`${version} has expired: Meta answers in another version.`, fix);
  const message = `${version}, for ${plural(days, 'more day')}.`;
  return days < warnDays ? warning(message, fix) : ok(message);
}

/** The same, with the version that a share of the requests tries out. */
function triedFinding({ graphVersion, nextGraphVersion: next }: DestinationConfig, message: string): Finding {
  if (next === undefined) return ok(message);
  const tried = `${message} ${next.percent} % of the requests try ${next.version}`;
  if (Number(next.version.slice(1)) > Number(graphVersion.slice(1))) {
    return ok(`${tried}: \`answers\` in the report counts both apart.`);
  }
  return warning(
    `${tried}, which is no newer one.`,
    'Try a newer version in nextGraphVersion of the destination, or take it out, and deploy.',
  );
}
