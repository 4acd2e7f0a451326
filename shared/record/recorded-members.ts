import { onceWarm } from '../lib/once-warm.ts';
import type { MemberReader } from '../lib/json/reader/member-reader.ts';
import { MemberTree } from '../lib/json/reader/member-tree.ts';
import type { JsonObject } from '../segment/event.ts';

/** Number of events whose parsing whole takes as much longer as compiling a fast reader does. */
const eventsToWarmUp = 2_000;

/** Members of an event that receipts tell of: its name, and where {@link identifiersOf} looks for persons. */
export function recordedMembers(): MemberTree {
  const tree = new MemberTree().add(['context', 'traits']);
  for (const name of ['type', 'event', 'userId', 'previousId', 'anonymousId', 'traits', 'properties']) tree.add([name]);
  return tree;
}

/** Makes a reader of events as JSON: all of {@link recordedMembers}, and maybe others. @param warmUp events that are parsed whole first */
export function createRecordedMembersReader(warmUp = eventsToWarmUp): (json: string) => JsonObject {
  const load = async (): Promise<MemberReader> =>
    (await import('../lib/json/reader/member-reader.ts')).createMemberReader(recordedMembers());
  // Without WebAssembly, or its vectors, every event is parsed whole.
  const fast = onceWarm(load, warmUp);
  return (json) => {
    const { value: reader } = fast;
    fast.done(1);
    try {
      if (reader?.open(json)) return reader.read() as JsonObject;
    } catch {
      // Read in the general way.
    }
    return JSON.parse(json) as JsonObject;
  };
}
