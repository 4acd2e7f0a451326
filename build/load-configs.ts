import type { Config } from '../shared/config/config.ts';
import { loadConfig } from './load-config.ts';

/** Outcome of loading several configuration files; `configs` in the order of the files, when there are no faults. */
export type LoadedConfigs =
  | { readonly configs: readonly Config[] }
  /** A ConfigurationError per faulty file, or what a file threw. */
  | { readonly faults: readonly unknown[] };

/** Loads configuration files, and does not stop at the first faulty one: whoever mends one sees what is left. */
export async function loadConfigs(files: readonly string[]): Promise<LoadedConfigs> {
  const loaded = await Promise.allSettled(files.map(loadConfig));
  const faults = loaded.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  if (faults.length > 0) return { faults };
  return { configs: loaded.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])) };
}
