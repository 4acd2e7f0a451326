import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { ConfigurationError } from '../../shared/errors.ts';
import { compileDestinations } from '../../shared/meta/compile-destinations.ts';
import type { Problem } from '../../shared/meta/event/problem.ts';
import type { Warning } from '../../shared/meta/event/warning.ts';
import type { CompiledDestination } from '../../shared/meta/destination.ts';
import { planEvent, type Verdict } from '../../shared/delivery/plan.ts';
import { requestBody } from '../../shared/meta/graph/request-body.ts';
import { checkEvent } from '../../shared/segment/check-event.ts';
import type { JsonObject } from '../../shared/segment/event.ts';
import { readConfiguration } from '../../local/configuration/read-configuration.ts';
import type { Result } from './result.ts';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';

/** Shows what every destination of a configuration would do with one event, as a library sends it. */
export type ConfiguredPreview = (event: JsonObject, now: Date) => Result[];

/**
 * Loads the configuration at the first use only: lines that bring their own mapping need none.
 *
 * @returns `get` rejects with a ConfigurationError when there is none, or a faulty one
 */
export function configuredPreview(file: string): { get(): Promise<ConfiguredPreview> } {
  let loaded: Promise<ConfiguredPreview> | undefined;
  return {
    get() {
      loaded ??= load(file);
      return loaded;
    },
  };
}

async function load(file: string): Promise<ConfiguredPreview> {
  // As `npm start` reads it, so that its faults are told in the same words.
  const reading = await readConfiguration(resolve(file));
  if ('problem' in reading) throw new ConfigurationError(reading.problem.title, reading.problem.issues);
  const destinations = [...(await compileDestinations(reading.config, sha256Hex)).values()];
  return (event, now) => {
    const checked = checkEvent(event, { source: 'preview', receivedAt: now, randomId: randomUUID });
    if ('rejection' in checked) {
      const { code, message, fix } = checked.rejection;
      return [{ error: { code, message: `${message} ${fix}` } }];
    }
    const accepted = JSON.parse(checked.json) as JsonObject;
    return destinations.flatMap((destination) =>
      planEvent(accepted, destination, now).map((verdict) => toResult(verdict, destination)),
    );
  };
}

function toResult(verdict: Verdict<Problem, Warning>, { name: destination, config }: CompiledDestination): Result {
  const { mapping } = verdict;
  const named = { destination, ...(mapping !== undefined && { mapping }) };
  switch (verdict.status) {
    case 'skipped':
      return { ...named, skipped: verdict.reason };
    case 'dead': {
      const message = verdict.problems.map((problem) => problem.message).join(' ');
      return { ...named, error: { code: verdict.problems[0].code, message }, warnings: verdict.warnings };
    }
    case 'ready': {
      const { json, partition: testEventCode, warnings } = verdict;
      const { uploadTag, partnerAgent } = config;
      return { ...named, request: requestBody([json], { testEventCode, uploadTag, partnerAgent }), warnings };
    }
  }
}
