import { MemberTree } from '../lib/json/reader/member-tree.ts';
import type { Condition } from './condition.ts';
import { parseTrigger } from './parse-trigger.ts';

/** Members of an event that a trigger looks at. @throws TriggerSyntaxError */
export function wantedByTrigger(fql: string): MemberTree {
  const tree = new MemberTree();
  note(parseTrigger(fql), tree);
  return tree;
}

function note(condition: Condition, tree: MemberTree): void {
  switch (condition.kind) {
    case 'all':
    case 'any':
      for (const each of condition.conditions) note(each, tree);
      return;
    case 'not':
      note(condition.condition, tree);
      return;
    default: {
      const { field } = condition;
      if (field.kind === 'root') tree.add([field.name]);
      else if (field.kind === 'path') tree.add([field.bag, ...field.steps]);
    }
  }
}
