import type { Config } from '../../shared/config/config.ts';
import { sourcesWithExampleKeys } from '../../shared/config/example-values.ts';
import { notMirrored } from '../../shared/meta/pixel/pixel-program-of.ts';
import type { Check } from '../common/check.ts';
import { failed, ok, warning } from '../common/finding.ts';
import { plural } from '../kit/plural.ts';

export interface ConfigurationContext {
  readonly config: Config;
  /** `local`, or an environment of `config/`. */
  readonly deployment: string;
}

/** Faults that a valid configuration may still have. A new check is an entry here. */
export const configurationChecks: readonly Check<ConfigurationContext>[] = [
  {
    name: 'configuration',
    run: ({ config }) => {
      const destinations = Object.values(config.destinations);
      const mappings = destinations.reduce((sum, each) => sum + each.mappings.length, 0);
      const parts = [
        plural(Object.keys(config.sources).length, 'source'),
        plural(destinations.length, 'destination'),
        plural(mappings, 'mapping'),
      ];
      return ok(`Valid: ${parts.join(', ')}.`);
    },
  },
  {
    name: 'write keys',
    run: ({ config, deployment }) => {
      const open = sourcesWithExampleKeys(config);
      if (deployment === 'local') return ok('Not looked at: this runtime is reached from this machine only.');
      if (open.length === 0) return ok('None of the keys in the examples is in use.');
      return failed(
        `An example's key, which everybody knows, opens ${open.join(', ')}.`,
        'Make one with `npm run write-key`, put its hash into writeKeyHashes, and deploy.',
      );
    },
  },
  {
    name: 'routes',
    run: ({ config }) => {
      const used = new Set(Object.values(config.sources).flatMap(({ destinations }) => destinations));
      const unused = Object.keys(config.destinations).filter((name) => !used.has(name));
      if (unused.length === 0) return ok('Every destination has a source.');
      return warning(`No source sends to ${unused.join(', ')}.`, 'List it in destinations of a source, or remove it.');
    },
  },
  {
    name: 'pixel',
    run: ({ config }) => {
      const missing = notMirrored(config);
      const mirrored = Object.values(config.destinations).filter(({ pixel }) => pixel !== undefined);
      if (mirrored.length === 0) return ok('Not looked at: no destination mirrors its events to the Pixel.');
      if (missing.length === 0) return ok('Pages mirror every mapping that they are asked to.');
      return warning(
        `Pages do not mirror ${missing.map(({ mapping, reason }) => `"${mapping}" (${reason})`).join(', ')}.`,
        'The server sends their events all the same. Name only the other mappings in pixel.mirror, or write these with directives that pages know: docs/browser.md.',
      );
    },
  },
];
