import type { DestinationConfig, MappingConfig } from '../config/config.ts';
import type { Issue } from '../errors.ts';
import { allClosest, editDistance } from '../lib/closest.ts';
import { findAction } from './actions/actions.ts';
import { customDataMembers } from './event/custom-data-members.ts';

/** Names of a destination's `minimise` that allow nothing, and what would be cut though Meta refuses events without it. */
export function checkMinimise(name: string, { minimise, mappings }: DestinationConfig): Issue[] {
  if (minimise === undefined) return [];
  const path = `destinations.${name}.minimise`;
  const { events, customData } = minimise;
  const made = mappings.filter(({ enabled }) => enabled).map(eventNameOf);
  const known = made.filter((each) => each !== undefined);
  const isOpen = known.length < made.length;
  const unknownEvents = (events ?? []).flatMap((event, index) => {
    if (known.includes(event) || isOpen) return [];
    const [meant] = allClosest(event, known);
    const question =
      meant === undefined ? `; they make ${[...new Set(known)].join(', ')}` : `; did you mean "${meant}"?`;
    return [{ path: `${path}.events[${index}]`, message: `no mapping of the destination makes "${event}"${question}` }];
  });
  const members = Object.keys(customDataMembers);
  const misspelt = (customData ?? []).flatMap((member, index) => {
    const [meant] = members.includes(member) ? [] : allClosest(member, members);
    if (meant === undefined || editDistance(member, meant) > 1) return [];
    return [{ path: `${path}.customData[${index}]`, message: `did you mean "${meant}"?` }];
  });
  const sendsPurchase = known.includes('Purchase') && (events === undefined || events.includes('Purchase'));
  const missing = ['value', 'currency'].filter((each) => customData?.includes(each) === false);
  const needed =
    sendsPurchase && missing.length > 0
      ? [
          {
            path: `${path}.customData`,
            message: `Meta refuses a Purchase without ${missing.join(' and ')}: allow them`,
          },
        ]
      : [];
  return [...unknownEvents, ...misspelt, ...needed];
}

/** The name of a mapping's events; undefined when each event says its own. */
function eventNameOf({ action, fields }: MappingConfig): string | undefined {
  const { event_name: name } = fields;
  return findAction(action)?.action.eventName ?? (typeof name === 'string' ? name : undefined);
}
