import * as z from 'zod';
import { ConfigurationError, type Issue } from '../errors.ts';
import { closest } from '../lib/closest.ts';
import { plainWords } from '../lib/plain-words.ts';
import { Config, type ConfigInput, SourceConfig } from './config.ts';

/**
 * Checks a configuration and fills its defaults.
 *
 * @throws ConfigurationError naming every problem with its path. Triggers and mappings are compiled by
 *   `compileDestinations`, which the build runs on every file in `config/`.
 */
export function defineConfig(input: ConfigInput): Config {
  const parsed = Config.safeParse(input, { error: plainWords });
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: formatPath(path), message }));
    throw new ConfigurationError('The configuration is not valid:', [...issues, ...relationIssues(readable(input))]);
  }
  const issues = [...relationIssues(parsed.data), ...mirrorIssues(parsed.data)];
  if (issues.length > 0) throw new ConfigurationError('The configuration is not valid:', issues);
  return parsed.data;
}

/** Names and settings that the relations are checked against. */
interface Relations {
  readonly sources: Readonly<Record<string, Pick<SourceConfig, 'destinations' | 'writeKeyHashes'>>>;
  readonly destinations: Readonly<Record<string, { readonly mappings: readonly { readonly name: string }[] }>>;
}

/** Faults between parts that are right by themselves. */
const relationIssues = (config: Relations): Issue[] => [
  ...referenceIssues(config),
  ...writeKeyIssues(config),
  ...mappingNameIssues(config),
];

/** The parts of a faulty configuration that can be read: whoever mends it is told of their faults, too. */
function readable(input: unknown): Relations {
  const { sources, destinations } = Parts.parse(input);
  return {
    sources: entriesOf(sources, (source) => SourceConfig.safeParse(source).data),
    destinations: entriesOf(destinations, (destination) => Mappings.parse(destination)),
  };
}

const anything = z.record(z.string(), z.unknown()).catch({});
const Parts = z.object({ sources: anything, destinations: anything }).catch({ sources: {}, destinations: {} });
const Mappings = z.object({ mappings: z.array(z.object({ name: z.string() })) }).catch({ mappings: [] });

const entriesOf = <Value>(
  parts: Readonly<Record<string, unknown>>,
  read: (part: unknown) => Value | undefined,
): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) => {
      const value = read(part);
      return value === undefined ? [] : [[name, value]];
    }),
  );

function referenceIssues({ sources, destinations }: Relations): Issue[] {
  const known = Object.keys(destinations);
  return Object.entries(sources).flatMap(([source, { destinations: wanted }]) =>
    wanted.flatMap((destination, index) => {
      const path = `sources.${source}.destinations[${index}]`;
      if (!Object.hasOwn(destinations, destination)) {
        const names = known.map((each) => `"${each}"`).join(', ') || 'none';
        return [{ path, message: `there is no destination "${destination}"; known are ${names}` }];
      }
      // Twice would deliver and count every event twice.
      return wanted.indexOf(destination) === index ? [] : [{ path, message: `"${destination}" is already listed` }];
    }),
  );
}

function writeKeyIssues({ sources }: Relations): Issue[] {
  const owners = new Map<string, string>();
  const issues: Issue[] = [];
  for (const [source, { writeKeyHashes }] of Object.entries(sources)) {
    for (const [index, hash] of writeKeyHashes.entries()) {
      const owner = owners.get(hash);
      if (owner === undefined) owners.set(hash, source);
      else
        issues.push({
          path: `sources.${source}.writeKeyHashes[${index}]`,
          message: `this write key already belongs to the source "${owner}"; every source needs its own`,
        });
    }
  }
  return issues;
}

function mappingNameIssues({ destinations }: Relations): Issue[] {
  return Object.entries(destinations).flatMap(([destination, { mappings }]) =>
    mappings.flatMap(({ name }, index) =>
      mappings.findIndex((each) => each.name === name) === index
        ? []
        : [
            {
              path: `destinations.${destination}.mappings[${index}].name`,
              message: `"${name}" is taken by another mapping of this destination`,
            },
          ],
    ),
  );
}

/** Names of mappings that a page shall mirror and that the destination does not have. */
function mirrorIssues({ destinations }: Config): Issue[] {
  return Object.entries(destinations).flatMap(([destination, { pixel, mappings }]) => {
    const known = mappings.map(({ name }) => name);
    const wanted = Array.isArray(pixel?.mirror) ? pixel.mirror : [];
    return wanted.flatMap((name, index) => {
      if (known.includes(name)) return [];
      const meant = closest(name, known);
      const help = meant === undefined ? `known are ${known.join(', ')}` : `did you mean "${meant}"?`;
      const path = `destinations.${destination}.pixel.mirror[${index}]`;
      return [{ path, message: `there is no mapping "${name}"; ${help}` }];
    });
  });
}

const formatPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
