import type { Config } from '../../shared/config/config.ts';
import type { ConfigurationProblem } from './reading.ts';

/** `7 mappings in 1 destination`; mappings that are switched off are not counted. */
export function describeConfig({ destinations }: Config): string {
  const all = Object.values(destinations);
  const mappings = all.flatMap((destination) => destination.mappings.filter(({ enabled }) => enabled));
  return `${counted(mappings.length, 'mapping')} in ${counted(all.length, 'destination')}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Title and one line per problem, as at the start. */
export const describeProblem = ({ title, issues }: ConfigurationProblem): string =>
  [title, ...issues.map(({ path, message }) => `  ✖ ${path === '' ? '(root)' : path}: ${message}`)].join('\n');
