import { excessNoted } from '../../../shared/mapping/excess.ts';
import { type CompileOptions, compileMapping, MappingError } from '../../../shared/mapping/compile-mapping.ts';

/** Resolves a mapping value for an event. */
export const resolve = (value: unknown, event: unknown = {}, options?: CompileOptions): unknown =>
  compileMapping(value, options)(event);

/** The same, with how often something was left out of it. */
export function excessOf(value: unknown, event: unknown, options?: CompileOptions): { made: unknown; cuts: number } {
  const before = excessNoted();
  const made = resolve(value, event, options);
  return { made, cuts: excessNoted() - before };
}

/** The faults of a mapping as `path message`, or none. */
export function faults(mapping: unknown, options?: CompileOptions): readonly string[] {
  try {
    compileMapping(mapping, options);
    return [];
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return error.issues.map(({ path, message }) => `${path} ${message}`);
  }
}
