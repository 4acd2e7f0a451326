import { Config, type ConfigInput } from '../../../../shared/config/config.ts';
import { compileDestinations } from '../../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../../shared/meta/destination.ts';
import { planEvent } from '../../../../shared/delivery/plan.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { now } from '../../../support/factories.ts';
import { messagesOf } from '../../../support/messages.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';

type MappingInput = ConfigInput['destinations'][string]['mappings'][number];

/** Results of an event under one mapping alone. */
export interface Served {
  readonly event?: Readonly<Record<string, unknown>>;
  /** Codes of what stands against it. */
  readonly problems?: readonly string[];
  readonly warnings: readonly string[];
}

export async function serve(mapping: Omit<MappingInput, 'name'>, given: JsonObject): Promise<Served> {
  const config = Config.parse({
    sources: {},
    destinations: {
      main: { datasetId: '1', accessTokenSecret: 'token', mappings: [{ name: 'only', ...mapping }] },
    },
  });
  const destination = (await compileDestinations(config, sha256Hex)).get('main') as CompiledDestination;
  const [verdict] = planEvent(given, destination, now);
  if (verdict?.status === 'ready') return { event: JSON.parse(verdict.json), warnings: messagesOf(verdict.warnings) };
  if (verdict?.status === 'dead') {
    return { problems: verdict.problems.map(({ code }) => code), warnings: messagesOf(verdict.warnings) };
  }
  throw new Error(`No mapping is for this event: ${JSON.stringify(verdict)}`);
}
