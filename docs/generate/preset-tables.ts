import { findAction } from '../../shared/meta/actions/actions.ts';
import { ecommerceMappings } from '../../shared/meta/presets/ecommerce-mappings.ts';
import type { MappingInput } from '../../shared/meta/presets/mapping-input.ts';
import {
  instagramMappings,
  messengerMappings,
  whatsAppMappings,
} from '../../shared/meta/presets/messaging-mappings.ts';
import type { messagingIds } from '../../shared/meta/event/messaging.ts';
import { offlineConversions } from '../../shared/meta/presets/offline-conversions.ts';
import { segmentMappings } from '../../shared/meta/presets/segment-mappings.ts';
import { standardEventMappings } from '../../shared/meta/presets/standard-event-mappings.ts';
import { markdownTable } from '../../commands/kit/table.ts';

const options = { actionSource: 'website' } as const;

/** Tables of Segment calls and what each preset makes of them, by the name they are marked with in the document. */
export const presetTables: Readonly<Record<string, () => string>> = {
  'preset ecommerceMappings': () => presetTable(ecommerceMappings(options)),
  'preset standardEventMappings': () => presetTable(standardEventMappings(options)),
  'preset segmentMappings': () => presetTable(segmentMappings(options)),
  'presets for conversations': conversationTable,
  'ids of conversations': idTable,
  'preset offlineConversions': () => presetTable(offlineMappings().filter(({ action }) => action !== 'custom')),
};

function presetTable(mappings: readonly MappingInput[]): string {
  const rows = mappings.map(({ name, action, trigger, fields }) => {
    const known = findAction(action)?.action;
    const calls = callsOf(trigger ?? known?.trigger ?? '');
    const eventName = known?.eventName ?? String(fields && 'event_name' in fields && fields.event_name);
    return [calls.join(', '), `\`${eventName}\``, name, `\`${action}\``];
  });
  return markdownTable(['Segment call', 'Meta event', 'mapping', 'action'], rows);
}

/** The presets of all channels make the same events. */
function conversationTable(): string {
  const always = new Set(whatsAppMappings().map(({ name }) => name));
  return markdownTable(
    ['Segment call', 'Meta event', 'made'],
    whatsAppMappings({ orderStatus: true }).map(({ name, trigger, fields }) => [
      callsOf(trigger ?? '').join(', '),
      `\`${(fields as { readonly event_name: string }).event_name}\``,
      always.has(name) ? 'always' : 'with `orderStatus: true`',
    ]),
  );
}

const conversations = {
  whatsapp: { preset: 'whatsAppMappings', made: whatsAppMappings({ whatsAppBusinessAccountId: '1', pageId: '2' }) },
  messenger: { preset: 'messengerMappings', made: messengerMappings({ pageId: '1' }) },
  instagram: { preset: 'instagramMappings', made: instagramMappings({ instagramAccountId: '1' }) },
} as const satisfies Readonly<Record<keyof typeof messagingIds, unknown>>;

/** Which ids each preset sends: those that its options give, and those that it looks for in the call. */
function idTable(): string {
  return markdownTable(
    ['preset', '`messaging_channel`', 'looks in the call for', 'sends beside it'],
    Object.entries(conversations).map(([channel, { preset, made }]) => {
      const { user_data: ids = {} } = (made[0]?.fields ?? {}) as {
        readonly user_data?: Readonly<Record<string, unknown>>;
      };
      const named = (test: (value: unknown) => boolean) =>
        Object.entries(ids)
          .filter(([, value]) => value !== null && test(value))
          .map(([name]) => `\`${name}\``)
          .join(', ');
      return [
        `\`${preset}\``,
        `\`${channel}\``,
        named((value) => typeof value === 'object'),
        named((value) => typeof value === 'string'),
      ];
    }),
  );
}

function callsOf(trigger: string): readonly string[] {
  const events = [...trigger.matchAll(/event = "([^"]*)"/g)].map(([, event]) => `track \`${event}\``);
  return events.length > 0 ? events : [...trigger.matchAll(/type = "([^"]*)"/g)].map(([, type = '']) => type);
}

/** Asks the offline preset about every event that another preset knows. */
function offlineMappings(): readonly MappingInput[] {
  const known = [...ecommerceMappings(options), ...standardEventMappings(options)].flatMap(({ action, trigger }) =>
    [...(trigger ?? findAction(action)?.action.trigger ?? '').matchAll(/event = "([^"]*)"/g)].map(
      ([, event = '']) => event,
    ),
  );
  const trackEvents = Object.fromEntries(known.map((event) => [event, ['1']]));
  return Object.values(offlineConversions({ trackEvents, accessTokenSecret: 'token' })).flatMap(
    ({ mappings }) => mappings,
  );
}
