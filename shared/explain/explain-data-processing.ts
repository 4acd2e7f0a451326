import type { Field } from '../meta/event/field.ts';
import { readBoolean } from '../meta/event/readers.ts';
import { isObject } from '../mapping/json-type.ts';
import { walk } from '../mapping/path.ts';
import { readDataProcessing } from '../segment/destination-options.ts';
import { eventPath } from './event-path.ts';
import type { ExplainedField } from './explanation.ts';
import { describe, type FieldSubject, isEmpty, memberOf } from './field-subject.ts';

const switchedOff = 'Limited Data Use is off: data_processing_options is not true.';

/** Limited Data Use: from the mapping, else from the event, else from the destination. */
export function explainDataProcessing(subject: FieldSubject, name: string, { label }: Field): ExplainedField[] {
  const sent = memberOf(subject.serverEvent, name);
  const found = { label, raw: subject.resolved[name], path: name, sent };
  if (sent === undefined) {
    const dropped = isEmpty(found.raw) || subject.serverEvent === undefined ? undefined : switchedOff;
    return [describe(subject, [name], { ...found, dropped })];
  }
  if (readBoolean(subject.resolved['data_processing_options']) === true) {
    const notes = sent === 0 && isEmpty(found.raw) ? ['0 lets Meta find the place.'] : [];
    return [describe(subject, [name], { ...found, notes })];
  }
  const [source] = placesInEvent(subject);
  if (source === undefined) {
    return [describe(subject, [name], { ...found, notes: ['From the dataProcessingOptions of the destination.'] })];
  }
  const explained = describe(subject, [name], { ...found, notes: ['The event says so.'] });
  return [{ ...explained, sources: [source.path], raw: source.value }];
}

function placesInEvent({ event, destinationNames }: FieldSubject): { path: string; value: unknown }[] {
  const holders = [...destinationNames.map((name) => ['integrations', name]), ['context']];
  return holders.flatMap((holder) => {
    const at = [...holder, 'dataProcessingOptions'];
    const value = isObject(walk(event, holder)) ? walk(event, at) : undefined;
    return readDataProcessing(value) === undefined ? [] : [{ path: eventPath(at), value }];
  });
}
