import { MemberTree } from '../lib/json/reader/member-tree.ts';
import type { DestinationPlan } from '../queue/destination.ts';
import { wantedByGate } from './gate.ts';

/** Members of an event that the plans of these destinations look at. */
export function wantedMembers(destinations: Iterable<Pick<DestinationPlan, 'wanted'>>): MemberTree {
  const tree = new MemberTree();
  for (const steps of wantedByGate) tree.add(steps);
  for (const destination of destinations) tree.addAll(destination.wanted());
  return tree;
}
