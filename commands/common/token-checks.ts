import { graphFixes } from '../../shared/reasons/graph-errors.ts';
import * as z from 'zod';
import { plural } from '../kit/plural.ts';
import type { Check } from './check.ts';
import { failed, ok, skipped, warning } from './finding.ts';
import { type GraphAccess, readGraph } from './graph-reader.ts';
import { probeEvents, sendTestEvent } from './send-test-event.ts';
import type { TokenFactsReading } from './token-facts.ts';

/** A token, the dataset it is for, and what Meta says of it. */
export interface TokenContext {
  readonly access: GraphAccess;
  readonly facts: TokenFactsReading;
  readonly datasetId: string;
  readonly now: Date;
  /** Undefined sends no test event. */
  readonly testEventCode?: string | undefined;
}

const dayMs = 86_400_000;
const warnDays = 14;
/** Either lets a system user send. */
const sendingScopes = ['ads_management', 'business_management'];

const newToken = 'Generate a new token for a system user and put it in place with `npm run token:set`.';

/** Faults of a token that show before it is used. A new check is an entry here. */
export const tokenChecks: readonly Check<TokenContext>[] = [
  {
    name: 'token',
    run: ({ facts }) => {
      if (!facts.ok) {
        const { reason, fix } = facts.problem;
        if (!facts.valid) return failed(reason, fix);
        return warning('Valid, but Meta does not tell this token what it is and when it ends.', ownApp);
      }
      const { type, application } = facts.facts;
      if (type === 'SYSTEM_USER') return ok(`Valid, of a system user${application ? ` (${application})` : ''}.`);
      return warning(`Valid, but of type ${type}: it ends with a person's session or password.`, newToken);
    },
  },
  {
    name: 'expiry',
    run: ifValid(({ facts, now }) => {
      if (!facts.ok) return skipped('Not known.', ownApp);
      const { expiresAt, dataAccessExpiresAt } = facts.facts;
      const ends = [expiresAt, dataAccessExpiresAt].flatMap((date) => date ?? []).toSorted((a, b) => +a - +b)[0];
      if (ends === undefined) return ok('Never.');
      const days = Math.floor((ends.getTime() - now.getTime()) / dayMs);
      const message = `In ${plural(days, 'day')}, on ${ends.toISOString().slice(0, 10)}.`;
      return days < warnDays ? warning(message, newToken) : ok(message);
    }),
  },
  {
    name: 'permissions',
    run: ifValid(({ facts }) => {
      if (!facts.ok) return skipped('Not known; the dataset below says whether it may send.', ownApp);
      const { scopes } = facts.facts;
      if (sendingScopes.some((scope) => scopes.includes(scope))) return ok(scopes.join(', '));
      const granted = scopes.length === 0 ? 'none' : scopes.join(', ');
      return failed(
        `Neither ads_management nor business_management is among them: ${granted}.`,
        graphFixes.graph_permission,
      );
    }),
  },
  { name: 'dataset', run: ifValid(checkDataset) },
  {
    name: 'test event',
    run: ifValid(({ access, datasetId, testEventCode, now }) => {
      if (testEventCode !== undefined) return sendTestEvent(access, datasetId, testEventCode, now);
      return skipped('Not sent.', 'Send one with --test-event-code and the code from Events Manager, Test events.');
    }),
  },
];

/** Skips a check without a token that works, so that an invalid token is reported once. */
function ifValid(run: Check<TokenContext>['run']): Check<TokenContext>['run'] {
  return (context) => {
    const { facts } = context;
    return facts.ok || facts.valid ? run(context) : skipped('Needs a token that works.', 'Put one in place first.');
  };
}

const ownApp = 'Nothing, if it came from Events Manager; a system user token of an app of your own tells.';

const Dataset = z.object({
  name: z.string().optional(),
  is_unavailable: z.boolean().optional(),
  last_fired_time: z.string().optional(),
});

const restrictedFix =
  'Look at the dataset in Events Manager: it says whether Meta restricts its category. If so, keep such data at home with minimise (docs/security.md).';

async function checkDataset({ access, datasetId }: TokenContext) {
  const answer = await readGraph(access, datasetId, { fields: 'id,name,is_unavailable,last_fired_time' });
  if (!answer.ok) {
    const { code } = answer.problem;
    // A token from Events Manager may send although it reads nothing.
    const refused = code === undefined || code === 190 ? answer.problem : await probeEvents(access, datasetId);
    if (refused !== undefined) return failed(`${datasetId}: ${refused.reason}`, refused.fix);
    return ok(`${datasetId} takes events from this token, which may not read more about it.`);
  }
  const { name, is_unavailable: unavailable, last_fired_time: last } = Dataset.parse(answer.body);
  const title = name === undefined ? datasetId : `${datasetId} "${name}"`;
  if (unavailable === true)
    return failed(`${title} is unavailable: Meta takes nothing, or not everything, for it.`, restrictedFix);
  return ok(`${title}, ${last === undefined ? 'has received nothing yet' : `last received ${last}`}.`);
}
