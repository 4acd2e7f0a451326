import { batch, computed, effect, signal } from '@preact/signals';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { MappingConfig } from '../../../../shared/config/config.ts';
import type { Advice, ExplainedMapping } from '../../../../shared/explain/explanation.ts';
import { createTester, type MappingDraft } from '../../../../shared/explain/tester.ts';
import { readSubscription } from '../../../../shared/explain/read-subscription.ts';
import { suggestMapping } from '../../../../shared/explain/suggest-mapping.ts';
import { jsonOrNothing } from '../../../../shared/lib/json/json-or-nothing.ts';
import { type LiquidRenderer, loadLiquid } from '../../../../shared/mapping/liquid.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import type { DestinationView } from '../../server/wire.ts';
import { pretty } from '../parts/format.ts';
import { setup } from './store.ts';

const key = 'console-draft';
const kept = (jsonOrNothing(sessionStorage.getItem(key) ?? '') ?? {}) as Partial<Record<string, string>>;

/** Event that the tester works on. It stays while other views are open, and when the server starts anew. */
export const eventText = signal(kept['event'] ?? '');
export const action = signal(kept['action'] ?? 'purchase');
/** FQL; empty takes the action's own. */
export const trigger = signal(kept['trigger'] ?? '');
export const fieldsText = signal(kept['fields'] ?? '{}');
export const withDefaults = signal(kept['defaults'] !== 'false');
const destinationName = signal(kept['destination']);
export const destination = computed(() => {
  const known = setup.value?.destinations ?? [];
  return known.find(({ name }) => name === destinationName.value) ?? known[0];
});

effect(() => {
  const draft = {
    event: eventText.value,
    action: action.value,
    trigger: trigger.value,
    fields: fieldsText.value,
    defaults: String(withDefaults.value),
    destination: destinationName.value,
  };
  sessionStorage.setItem(key, JSON.stringify(draft));
});

const liquid = signal<LiquidRenderer | undefined>(undefined);
const hash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
const tester = computed(() => createTester({ sha256: hash, liquid: liquid.value }));

export type Preview =
  | { readonly explained: ExplainedMapping; readonly tookMs: number }
  | { readonly issues: readonly Advice[] };

/** Result of the draft for the event as it is now, worked out here in the page. */
export const preview = computed((): Preview => {
  const event = jsonOrNothing(eventText.value);
  if (event === undefined) return { issues: [{ path: 'event', message: 'The event is not JSON yet.' }] };
  const fields = jsonOrNothing(fieldsText.value);
  if (fields === undefined) return { issues: [{ path: 'fields', message: 'The fields are not JSON yet.' }] };
  const draft = {
    action: action.value,
    fields,
    defaults: withDefaults.value,
    ...(trigger.value.trim() !== '' && { trigger: trigger.value }),
  };
  return attempt(draft, event, destination.value);
});

function attempt(draft: MappingDraft, event: unknown, at: DestinationView | undefined): Preview {
  const startedAt = performance.now();
  const tried = tester.value(draft, event, {
    now: new Date(),
    ...(at && { destinationName: at.name, destination: { personalData: at.personalData, datasetId: at.datasetId } }),
  });
  return 'issues' in tried ? tried : { explained: tried.explained, tookMs: performance.now() - startedAt };
}

/** Name that the mapping has in the configuration. */
export const mappingName = signal(kept['name'] ?? 'My mapping');
/** Says of a subscription that was pasted that it was taken as what it is. */
export const takenSubscription = signal<string | undefined>(undefined);

/** Takes an event that no mapping handles, with a mapping to begin with. */
export function takeSuggestion(event: JsonObject, destinations: readonly DestinationView[], at: string): void {
  eventText.value = pretty(event);
  const { name, action: key, trigger: fql, fields } = suggestMapping(event);
  destinationName.value = destinations.find((one) => one.name === at)?.name ?? destinations[0]?.name;
  batch(() => {
    mappingName.value = name;
    action.value = key;
    trigger.value = fql;
    withDefaults.value = true;
    fieldsText.value = pretty(fields);
  });
}

/** Where fields belong, people paste a whole subscription of Segment's. */
effect(() => {
  const pasted = readSubscription(jsonOrNothing(fieldsText.value));
  if (pasted === undefined) return;
  batch(() => {
    mappingName.value = pasted.name;
    action.value = pasted.action;
    trigger.value = pasted.trigger ?? '';
    withDefaults.value = pasted.defaults ?? true;
    fieldsText.value = pretty(pasted.fields);
    takenSubscription.value = pasted.name;
  });
});

/** Liquid is loaded when a mapping speaks of it. */
export async function loadLiquidFor(text: string): Promise<void> {
  if (liquid.peek() === undefined && text.includes('@liquid')) liquid.value = await loadLiquid();
}

export function takeMapping(mapping: MappingConfig, at: DestinationView): void {
  destinationName.value = at.name;
  mappingName.value = mapping.name;
  action.value = mapping.action;
  trigger.value = mapping.trigger ?? '';
  withDefaults.value = mapping.defaults;
  fieldsText.value = pretty(mapping.fields);
}

/** Takes an event and the mapping that is named, else, of all mappings, the first that would handle it. */
export function takeEvent(
  event: JsonObject,
  destinations: readonly DestinationView[],
  named: { readonly destination?: string | undefined; readonly mapping?: string | undefined } = {},
): void {
  eventText.value = pretty(event);
  const owing = destinations.find(({ name }) => name === named.destination);
  const owed = owing?.mappings.find(({ name }) => name === named.mapping);
  if (owing !== undefined && owed !== undefined) {
    takeMapping(owed, owing);
    return;
  }
  for (const at of destinations) {
    const handles = at.mappings.find((mapping) => {
      const { fields, defaults } = mapping;
      const draft = { action: mapping.action, fields, defaults, ...(mapping.trigger && { trigger: mapping.trigger }) };
      const tried = attempt(draft, event, at);
      return 'explained' in tried && tried.explained.matches;
    });
    if (handles !== undefined) {
      takeMapping(handles, at);
      return;
    }
  }
  const [first] = destinations;
  if (fieldsText.peek() === '{}' && first?.mappings[0] !== undefined) takeMapping(first.mappings[0], first);
}
