import { isObject, type JsonObject } from './event.ts';

/** The first entry of the event's `integrations` object that is about this destination, by any of its names. */
export function integrationEntry(event: JsonObject, names: readonly string[]): unknown {
  const integrations = event['integrations'];
  if (!isObject(integrations)) return undefined;
  const named = names.find((name) => Object.hasOwn(integrations, name));
  return named === undefined ? undefined : integrations[named];
}

/** Limited Data Use as `[["LDU"], country, state]`: Segment's form, which RudderStack reads from `context`. */
export interface DataProcessing {
  /** Empty says explicitly that there is no restriction. */
  readonly options: readonly string[];
  readonly country: number;
  readonly state: number;
}

/** Limited Data Use options of the event itself, under any of the names; undefined when it says nothing readable. */
export function eventDataProcessing(event: JsonObject, names: readonly string[]): DataProcessing | undefined {
  const { integrations, context } = event;
  if (isObject(integrations)) {
    for (const name of names) {
      const said = readDataProcessing(memberOf(memberOf(integrations, name), 'dataProcessingOptions'));
      if (said !== undefined) return said;
    }
  }
  return readDataProcessing(memberOf(context, 'dataProcessingOptions'));
}

const memberOf = (holder: unknown, name: string): unknown =>
  isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;

/** Reads the three; a list of options that Meta does not know says nothing, rather than that there is no restriction. */
export function readDataProcessing(triple: unknown): DataProcessing | undefined {
  if (!Array.isArray(triple) || !Array.isArray(triple[0])) return undefined;
  const [given, country, state] = triple;
  const isLimited = given.some((option) => typeof option === 'string' && option.trim().toUpperCase() === 'LDU');
  if (given.length > 0 && !isLimited) return undefined;
  return { options: isLimited ? ['LDU'] : [], country: wholeNumber(country), state: wholeNumber(state) };
}

/** 0 lets Meta find the place from the address. */
const wholeNumber = (value: unknown): number => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : 0;
};
