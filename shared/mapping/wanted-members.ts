import { MemberTree } from '../lib/json/reader/member-tree.ts';
import type { DirectiveName } from './directives.ts';
import { isDirective, isObject } from './json-type.ts';
import { parseEventPath, type Steps } from './path.ts';
import { parseTemplate } from './template.ts';

/** Notes what a directive reads of the event by what stands beside its name. */
type Wants = (argument: unknown, tree: MemberTree) => void;

const everything = (tree: MemberTree): void => {
  tree.isWhole = true;
};

/** A path or template that is itself made of the event may lead anywhere. */
const ofText =
  (paths: (text: string) => readonly Steps[]): Wants =>
  (argument, tree) => {
    if (typeof argument !== 'string') return everything(tree);
    for (const steps of paths(argument)) tree.add(steps);
  };

/** Only the mappings inside of it read anything. */
const ofParts: Wants = (argument, tree) => note(argument, tree);

const wants: Readonly<Record<DirectiveName, Wants>> = {
  '@arrayPath': (argument, tree) => {
    const [root, shape] = Array.isArray(argument) ? argument : [argument];
    if (typeof root !== 'string') return note(argument, tree);
    const steps = parseEventPath(root);
    const hasShape = isObject(shape) && Object.keys(shape).length > 0;
    if (hasShape && steps.length > 0) tree.addItems(steps, wantedByMapping(shape));
    else tree.add(steps);
  },
  '@case': ofParts,
  '@excludeWhenNull': ofParts,
  '@flatten': ofParts,
  '@if': ofParts,
  '@json': ofParts,
  '@liquid': (_, tree) => everything(tree),
  '@literal': () => {},
  '@merge': ofParts,
  '@multiply': ofParts,
  '@path': ofText((path) => [parseEventPath(path)]),
  '@replace': ofParts,
  '@template': ofText((template) => parseTemplate(template).filter((part) => typeof part !== 'string')),
  '@transform': ofParts,
};

/** Members of an event that a mapping, as it is written, reads: those, and none else, decide what it gives. */
export function wantedByMapping(mapping: unknown): MemberTree {
  const tree = new MemberTree();
  note(mapping, tree);
  return tree;
}

function note(value: unknown, tree: MemberTree): void {
  if (typeof value !== 'object' || value === null) return;
  if (!isDirective(value)) {
    for (const part of Object.values(value)) note(part, tree);
    return;
  }
  for (const [name, argument] of Object.entries(value)) {
    if (name.startsWith('@')) wants[name as DirectiveName](argument, tree);
  }
}
