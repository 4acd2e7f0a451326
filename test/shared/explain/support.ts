import { Config, type ConfigInput } from '../../../shared/config/config.ts';
import { explainEvent } from '../../../shared/explain/explain-event.ts';
import type { ExplainedField, ExplainedMapping, Explanation } from '../../../shared/explain/explanation.ts';
import { loadLiquid } from '../../../shared/mapping/liquid.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { now } from '../../support/factories.ts';

/** Loose, as a configuration in JSON is. */
export type DestinationInput = ConfigInput['destinations'][string];
export type MappingInput = DestinationInput['mappings'][number];

export const liquid = await loadLiquid();

export async function destinationOf(
  mappings: MappingInput[],
  more: Partial<Omit<DestinationInput, 'mappings'>> = {},
): Promise<CompiledDestination> {
  const main = { datasetId: '1', accessTokenSecret: 'token', ...more, mappings };
  const compiled = await compileDestinations(Config.parse({ sources: {}, destinations: { main } }), sha256Hex);
  return compiled.get('main') as CompiledDestination;
}

export const explained = async (
  event: JsonObject,
  mappings: MappingInput[],
  more: Partial<Omit<DestinationInput, 'mappings'>> = {},
): Promise<Explanation> => explainEvent(event, await destinationOf(mappings, more), { now, liquid });

/** Explains an event under one mapping alone. */
export async function explainedBy(
  mapping: MappingInput,
  event: JsonObject,
  more: Partial<Omit<DestinationInput, 'mappings'>> = {},
): Promise<ExplainedMapping> {
  const [only] = (await explained(event, [mapping], more)).mappings;
  if (only === undefined) throw new Error('The mapping is not explained.');
  return only;
}

/** The explanation of a member of the server event. */
export const at = (path: string, { fields }: ExplainedMapping): ExplainedField | undefined =>
  fields.find((field) => field.path === path);

/** The explanation of a field of the mapping. */
export const fieldOf = (name: string, { fields }: ExplainedMapping): ExplainedField | undefined =>
  fields.find(({ field }) => field === name);

/** Every value within JSON, with its path as explanations write it; empty text, objects and lists aside. */
export function leavesOf(value: unknown, path = ''): readonly (readonly [path: string, value: unknown])[] {
  if (value === '' || value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (Array.isArray(value)) return leavesOf(inner, `${path}[${key}]`);
    return leavesOf(inner, path === '' ? key : `${path}.${key}`);
  });
}

/** Members of the outcome's server event that no explanation speaks of, or one with another value. */
export function unexplained({ outcome, fields }: ExplainedMapping): readonly string[] {
  if (outcome?.status !== 'ready') return [];
  const leaves = fields.flatMap(({ path, sent }) => (path === undefined ? [] : leavesOf(sent, path)));
  const known = new Map(leaves);
  return leavesOf(outcome.serverEvent)
    .filter(([path, value]) => known.get(path) !== value)
    .map(([path]) => path);
}
