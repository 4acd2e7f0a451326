import { createMemberReader } from '../lib/json/reader/member-reader.ts';
import { MemberTree } from '../lib/json/reader/member-tree.ts';
import { isObject } from './event.ts';
import { segmentLimits } from './limits.ts';
import { OwnText, placesIn } from './own-text.ts';
import { type Calls, callsOfBatch } from './read-calls.ts';
import { tidy } from './write-key.ts';

/** Reads the calls of a body; undefined for one that the general way must decide. */
export type FastCalls = (text: string, kind: 'batch' | 'event') => CallsWithKey | undefined;

export interface CallsWithKey extends Calls {
  /** Of the batch, or of its first event; undefined also where it may be elsewhere. */
  readonly writeKey: string | undefined;
}

/** Members that a check looks at; of the others it forwards the text. */
const wanted = new MemberTree();
for (const name of ['type', 'event', 'messageId', 'userId', 'anonymousId', 'groupId', 'previousId', 'writeKey']) {
  wanted.add([name]);
}
for (const name of ['timestamp', 'originalTimestamp', 'sentAt', 'receivedAt']) wanted.add([name]);
for (const name of ['properties', 'traits', 'integrations']) wanted.addShape([name]);
for (const path of ['ip', 'userAgent', 'direct', 'library.name', 'device']) wanted.add(['context', ...path.split('.')]);

/** More than the paths above have. */
const levelsLookedAt = 4;

/** SQS refuses these two in a message. */
const forbidden = /[\uFFFE\uFFFF]/;
const list = /"batch"\s*:\s*\[/;

/**
 * Fast twin of {@link readCalls}, of what it reads being checked by {@link checkEvent}: what stands in an event is looked at, not
 * built, and its own text goes on.
 *
 * @throws where there is no WebAssembly with vectors
 */
export function createFastCalls(): FastCalls {
  const reader = createMemberReader(wanted);
  const places = placesIn(reader);
  return (text, kind) => {
    if (!text.isWellFormed() || forbidden.test(text)) return undefined;
    try {
      return kind === 'event' ? single(text) : batch(text);
    } catch {
      return undefined;
    }
  };

  function single(text: string): CallsWithKey | undefined {
    if (!reader.open(text)) return undefined;
    const call = next(text, blanksBehind(text, 0));
    if (call === undefined || blanksBehind(text, reader.place) !== text.length) return undefined;
    return { events: [call], warnings: [], writeKey: tidy(call.members['writeKey']) };
  }

  function batch(text: string): CallsWithKey | undefined {
    const opening = list.exec(text);
    if (opening === null) return undefined;
    const from = opening.index + opening[0].length;
    // Places are those of the text from here on.
    const rest = text.slice(from);
    if (!reader.open(rest)) return undefined;
    const events: OwnText[] = [];
    let place = blanksBehind(rest, 0);
    while (true) {
      const call = next(rest, place);
      if (call === undefined || events.length === segmentLimits.eventsPerBatch) return undefined;
      events.push(call);
      place = blanksBehind(rest, reader.place);
      const sign = rest[place];
      if (sign === ']') break;
      if (sign !== ',') return undefined;
      place = blanksBehind(rest, place + 1);
      reader.step(place - reader.place);
    }
    const behind = rest.slice(place);
    // A second list would take the place of this one.
    if (behind.includes('"batch"')) return undefined;
    const body: unknown = JSON.parse(text.slice(0, from) + behind);
    if (!isObject(body) || !Array.isArray(body['batch']) || body['batch'].length > 0) return undefined;
    const writeKey = tidy(body['writeKey']) ?? tidy(events[0]?.members['writeKey']);
    return { ...callsOfBatch(body, events), writeKey };
  }

  /** The event at a place; undefined for one that the general way must read. */
  function next(text: string, start: number): OwnText | undefined {
    const members = reader.read();
    const isSure = !reader.hasDoubts && reader.levelsSkipped + levelsLookedAt < segmentLimits.eventDepth;
    if (!isSure || !isObject(members)) return undefined;
    return new OwnText(text.slice(start, reader.place), members, places(start));
  }
}

function blanksBehind(text: string, from: number): number {
  let place = from;
  while (isBlank(text.charCodeAt(place))) place++;
  return place;
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
