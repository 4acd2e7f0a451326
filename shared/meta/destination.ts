import type { DestinationConfig } from '../config/config.ts';
import { pixelTwinName } from '../config/integration-names.ts';
import type { Built, DestinationPlan, Mapping, Unbuildable, Unwanted } from '../queue/destination.ts';
import { eventDataProcessing, readDataProcessing } from '../segment/destination-options.ts';
import type { JsonObject } from '../segment/event.ts';
import { type CompiledMapping, withoutEmptyUserId } from './actions/compile-mapping-config.ts';
import { problems } from '../reasons/problems.ts';
import type { Problem } from './event/problem.ts';
import type { Warning } from './event/warning.ts';
import { indexMappings } from './mapping-index.ts';
import type { CompileMinimise, Minimiser } from './privacy/minimiser.ts';
import type { Guard } from './privacy/personal-data.ts';
import { MemberTree } from '../lib/json/reader/member-tree.ts';
import type { Sha256 } from '../lib/sha256/sha256.ts';

export interface NamedMapping extends Pick<CompiledMapping, 'action' | 'scope'>, Mapping<Problem, Warning> {}

/** A dataset with everything worked out that does not depend on an event. */
export interface CompiledDestination extends DestinationPlan<Problem, Warning> {
  readonly config: DestinationConfig;
  readonly mappings: readonly NamedMapping[];
  readonly sha256: Sha256;
  readonly personalData: Guard;
  readonly minimise: Minimiser | undefined;
}

/** @param compileMinimise needed where the destination restricts what may leave */
export function createDestination(
  name: string,
  config: DestinationConfig,
  compiled: readonly (CompiledMapping & { readonly name: string })[],
  sha256: Sha256,
  compileMinimise: CompileMinimise | undefined,
): CompiledDestination {
  const names = [name, ...config.integrationNames, pixelTwinName];
  const personalData = config.personalData === 'hash' ? sha256 : config.personalData;
  // Limited Data Use for events that say nothing of it.
  const dataProcessing = readDataProcessing(config.dataProcessingOptions);
  const { strict } = config;
  if (config.minimise !== undefined && compileMinimise === undefined) {
    throw new Error(`The destination "${name}" restricts what may leave, and nothing here keeps to it.`);
  }
  const minimise = config.minimise && compileMinimise?.(config.minimise);
  const optionsFor = (event: JsonObject, now: Date) => ({
    now,
    sendWeakUserData: false,
    strict,
    personalData,
    sha256,
    minimise,
    dataProcessing: eventDataProcessing(event, names) ?? dataProcessing,
  });
  const mappings = compiled.map(({ build, ...mapping }) => ({
    ...mapping,
    build: (event: JsonObject, now: Date): Built<Warning> | Unbuildable<Problem, Warning> | Unwanted => {
      const built = build(withoutEmptyUserId(event), optionsFor(event, now));
      if (!('json' in built)) return built;
      const { json, eventName, eventId, testEventCode = config.testEventCode, warnings } = built;
      // Events of different test event codes cannot share a request.
      return { json, partition: testEventCode, eventName, eventId, warnings };
    },
  }));
  const { consentCategories, deliverAfterSeconds } = config;
  const wanted = () => {
    // For the choice among mappings, and for Limited Data Use.
    const tree = new MemberTree().add(['type']).add(['event']).add(['integrations']).add(['userId']);
    tree.add(['context', 'dataProcessingOptions']);
    for (const mapping of compiled) tree.addAll(mapping.wanted());
    return tree;
  };
  return {
    name,
    names,
    consentCategories,
    deliverAfterSeconds,
    config,
    mappings,
    candidates: indexMappings(mappings),
    wanted,
    problems,
    sha256,
    personalData,
    minimise,
  };
}
