import { hash } from 'node:crypto';
import type { BenchMapper } from '../mapper.ts';
import { normalisers } from './hand-written.ts';
import { isSame, MemberScanner, type Shape } from './scan-members.ts';
import { Sha256Blocks } from './sha256-blocks.ts';

const valueNames = [
  ...['type', 'event', 'messageId', 'userId', 'anonymousId', 'timestamp', 'ip', 'userAgent', 'url'],
  ...['email', 'phone', 'firstName', 'lastName', 'gender', 'birthday', 'city', 'state', 'postalCode', 'country'],
  ...['currency', 'revenue', 'value', 'order_id', 'fbc', 'fbp'],
  ...['product_id', 'quantity', 'price', 'name', 'category'],
] as const;
type ValueName = (typeof valueNames)[number];
const slots = Object.fromEntries(valueNames.map((name, slot) => [name, slot])) as Record<ValueName, number>;
const slotsOf = (...names: readonly ValueName[]): Shape => Object.fromEntries(names.map((name) => [name, slots[name]]));

const shape: Shape = {
  ...slotsOf('type', 'event', 'messageId', 'userId', 'anonymousId', 'timestamp'),
  context: {
    ...slotsOf('ip', 'userAgent'),
    page: slotsOf('url'),
    traits: {
      ...slotsOf('email', 'phone', 'firstName', 'lastName', 'gender', 'birthday'),
      address: slotsOf('city', 'state', 'postalCode', 'country'),
    },
  },
  properties: {
    ...slotsOf('currency', 'revenue', 'value', 'order_id', 'fbc', 'fbp'),
    ...slotsOf('product_id', 'quantity', 'price', 'name', 'category'),
    products: [{ product_id: 0, quantity: 1, price: 2 }],
  },
};
const firstItem = 40;
const slotsOfItem = 3;
const mostItems = 150;

const bytesOf = (text: string): Buffer => Buffer.from(text);
const [quote, backslash, comma, space, hyphen, zero, z, n] = Buffer.from('"\\, -0Zn') as unknown as readonly [
  ...[number, number, number, number, number, number, number, number],
];
const [closeList, closeObject] = Buffer.from(']}') as unknown as readonly [number, number];
/** Removed from names. */
const marks = new Set(Buffer.from(' !"#%&\'()*,-./:;?@[]_{}'));

type Normaliser = keyof typeof normalisers;
const matchKey = (key: string, name: ValueName, normaliser: Normaliser) => ({
  prefix: bytesOf(`"${key}":"`),
  slot: slots[name],
  normaliser,
});
const matchKeys = [
  matchKey('em', 'email', 'email'),
  matchKey('ph', 'phone', 'phone'),
  matchKey('fn', 'firstName', 'name'),
  matchKey('ln', 'lastName', 'name'),
  matchKey('ge', 'gender', 'gender'),
  matchKey('db', 'birthday', 'birthday'),
  matchKey('ct', 'city', 'name'),
  matchKey('st', 'state', 'name'),
  matchKey('zp', 'postalCode', 'postalCode'),
  matchKey('country', 'country', 'country'),
];

const copied = (key: string, name: ValueName) => ({ prefix: bytesOf(`,"${key}":`), slot: slots[name] });
const copies = {
  id: copied('event_id', 'messageId'),
  url: copied('event_source_url', 'url'),
  ip: copied('client_ip_address', 'ip'),
  userAgent: copied('client_user_agent', 'userAgent'),
  fbc: copied('fbc', 'fbc'),
  fbp: copied('fbp', 'fbp'),
  currency: copied('currency', 'currency'),
  value: copied('value', 'value'),
  revenue: copied('value', 'revenue'),
  orderId: copied('order_id', 'order_id'),
  name: copied('content_name', 'name'),
  category: copied('content_category', 'category'),
};

const texts = {
  head: bytesOf('{"data":['),
  purchase: bytesOf('{"event_name":"Purchase","event_time":'),
  viewContent: bytesOf('{"event_name":"ViewContent","event_time":'),
  pageView: bytesOf('{"event_name":"PageView","event_time":'),
  userData: bytesOf(',"action_source":"website","user_data":{'),
  externalId: bytesOf('"external_id":"'),
  customData: bytesOf(',"custom_data":{"content_type":"product"'),
  numItems: bytesOf(',"num_items":'),
  contentIds: bytesOf(',"content_ids":['),
  contents: bytesOf('],"contents":['),
  contentId: bytesOf('{"id":'),
  quantity: bytesOf(',"quantity":'),
  price: bytesOf(',"item_price":'),
};
const orderCompleted = bytesOf('Order Completed');
const productViewed = bytesOf('Product Viewed');

const mostHashes = 16_384;
const inputBytes = 2 ** 20;
const outputBytes = 4 * 2 ** 20;

/**
 * The limit of what JavaScript can do from bytes to bytes: no objects between. One pass over the bytes of an event finds
 * where the wanted values lie; those that are passed on are copied as they stand; those that are hashed are normalised byte by
 * byte into the blocks of the hash, and all of a body's are hashed in one call. Only what is not plain ASCII takes the way
 * through texts. It is made for the three kinds of event of the corpus, and checks nothing.
 */
export function createBytesToBytesMapper(): BenchMapper {
  const blocks = new Sha256Blocks(mostHashes, inputBytes + outputBytes);
  const { memory } = blocks;
  const input = blocks.spare;
  const output = input + inputBytes;
  const scanner = new MemberScanner(memory, shape, { firstItem, ofItem: slotsOfItem, mostItems });
  const { starts, ends } = scanner;
  /** Places of the output that wait for digits. */
  const holes = new Int32Array(mostHashes);
  let at = output;

  const startOf = (slot: number): number => starts[slot] as number;
  const endOf = (slot: number): number => ends[slot] as number;
  const byteAt = (place: number): number => memory[place] as number;

  function put(bytes: Buffer): void {
    for (let index = 0; index < bytes.length; index++) memory[at++] = bytes[index] as number;
  }

  function copy(slot: number): void {
    let from = startOf(slot);
    const end = endOf(slot);
    if (end - from < 48) {
      while (from < end) memory[at++] = byteAt(from++);
    } else {
      memory.copyWithin(at, from, end);
      at += end - from;
    }
  }

  function putCopy({ prefix, slot }: ReturnType<typeof copied>): void {
    if (startOf(slot) === 0 || byteAt(startOf(slot)) === n) return;
    put(prefix);
    copy(slot);
  }

  function putNumber(value: number): void {
    const digits = value < 10 ? 1 : value < 100 ? 2 : Math.floor(Math.log10(value)) + 1;
    for (let place = at + digits - 1, rest = value; place >= at; place--) {
      const tenth = Math.floor(rest / 10);
      memory[place] = zero + rest - tenth * 10;
      rest = tenth;
    }
    at += digits;
  }

  /** Seconds since 1970, in whole numbers, from a time in UTC. */
  function putTime(): void {
    const start = startOf(slots.timestamp) + 1;
    const end = endOf(slots.timestamp) - 1;
    if (memory[end - 1] !== z) {
      putNumber(Math.floor(Date.parse(memory.toString('latin1', start, end)) / 1_000));
      return;
    }
    const two = (place: number): number => (byteAt(start + place) - zero) * 10 + byteAt(start + place + 1) - zero;
    const month = two(5);
    // A year that begins in March has its leap day at its end.
    const year = two(0) * 100 + two(2) - (month <= 2 ? 1 : 0);
    const monthOfYear = month <= 2 ? month + 9 : month - 3;
    const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
    const days = 365 * year + leapDays + Math.floor((153 * monthOfYear + 2) / 5) + two(8) - 1 - 719_468;
    putNumber(days * 86_400 + two(11) * 3_600 + two(14) * 60 + two(17));
  }

  function putDigest(slot: number, normaliser: Normaliser): void {
    const length = normaliseIntoBlock(slot, normaliser);
    if (length < 0) {
      blocks.wipe();
      const text = JSON.parse(memory.toString('utf8', startOf(slot), endOf(slot))) as string;
      memory.write(hash('sha256', normalisers[normaliser](text)), at, 64, 'latin1');
    } else {
      holes[blocks.count] = at;
      blocks.finish(length);
    }
    at += 64;
  }

  /** Length of what was written, or -1 where only text will do. */
  function normaliseIntoBlock(slot: number, normaliser: Normaliser): number {
    const { base } = blocks;
    let from = startOf(slot) + 1;
    let end = endOf(slot) - 1;
    if (normaliser !== 'id') {
      while (from < end && memory[from] === space) from++;
      while (end > from && memory[end - 1] === space) end--;
    }
    if (normaliser === 'gender') end = from + 1;
    if (end - from > 55) return -1;
    let length = 0;
    for (; from < end; from++) {
      let byte = byteAt(from);
      if (byte > 127 || byte === backslash) return -1;
      if (normaliser !== 'id' && byte >= 65 && byte <= 90) byte |= 32;
      if (normaliser === 'phone' || normaliser === 'birthday') {
        if (byte < zero || byte > zero + 9) continue;
      } else if (normaliser === 'name') {
        if ((byte < 97 || byte > 122) && marks.has(byte)) continue;
      } else if (normaliser === 'postalCode') {
        if (byte === space) continue;
        if (byte === hyphen && length > 0) break;
      }
      memory[base + ((length >> 2) << 4) - (length & 3)] = byte;
      length++;
    }
    return length;
  }

  const isText = (slot: number, text: Buffer): boolean =>
    startOf(slot) !== 0 && endOf(slot) - startOf(slot) === text.length + 2 && isSame(memory, startOf(slot) + 1, text);
  const holdsText = (slot: number): boolean => startOf(slot) !== 0 && memory[startOf(slot)] === quote;

  function putUserData(): void {
    put(texts.userData);
    for (let index = 0; index < matchKeys.length; index++) {
      const { prefix, slot, normaliser } = matchKeys[index] as (typeof matchKeys)[number];
      if (!holdsText(slot)) continue;
      put(prefix);
      putDigest(slot, normaliser);
      memory[at++] = quote;
      memory[at++] = comma;
    }
    put(texts.externalId);
    putDigest(holdsText(slots.userId) ? slots.userId : slots.anonymousId, 'id');
    memory[at++] = quote;
    putCopy(copies.ip);
    putCopy(copies.userAgent);
    putCopy(copies.fbc);
    putCopy(copies.fbp);
    memory[at++] = closeObject;
  }

  function putContents(items: number): void {
    put(texts.contentIds);
    for (let item = 0; item < items; item++) {
      if (item > 0) memory[at++] = comma;
      copy(firstItem + slotsOfItem * item);
    }
    put(texts.contents);
    for (let item = 0; item < items; item++) {
      if (item > 0) memory[at++] = comma;
      const slot = firstItem + slotsOfItem * item;
      put(texts.contentId);
      copy(slot);
      put(texts.quantity);
      copy(slot + 1);
      put(texts.price);
      copy(slot + 2);
      memory[at++] = closeObject;
    }
    memory[at++] = closeList;
  }

  /** The one product that was viewed is a list of one. */
  function productAsItem(): void {
    [slots.product_id, slots.quantity, slots.price].forEach((slot, index) => {
      starts[firstItem + index] = startOf(slot);
      ends[firstItem + index] = endOf(slot);
    });
  }

  function putCustomData(isOrder: boolean): void {
    put(texts.customData);
    putCopy(copies.currency);
    if (isOrder) {
      putCopy(copies.revenue);
      putCopy(copies.orderId);
      put(texts.numItems);
      putNumber(scanner.items);
      putContents(scanner.items);
    } else {
      putCopy(copies.value);
      putCopy(copies.name);
      putCopy(copies.category);
      productAsItem();
      putContents(1);
    }
    memory[at++] = closeObject;
  }

  function putEvent(text: string): void {
    const length = memory.write(text, input, inputBytes);
    memory[input + length] = 0;
    scanner.scan(input);
    const isOrder = isText(slots.event, orderCompleted);
    const isView = !isOrder && isText(slots.event, productViewed);
    put(isOrder ? texts.purchase : isView ? texts.viewContent : texts.pageView);
    putTime();
    putCopy(copies.id);
    putCopy(copies.url);
    putUserData();
    if (isOrder || isView) putCustomData(isOrder);
    memory[at++] = closeObject;
  }

  return {
    body(events) {
      at = output;
      put(texts.head);
      events.forEach((text, index) => {
        if (index > 0) memory[at++] = comma;
        putEvent(text);
      });
      memory[at++] = closeList;
      memory[at++] = closeObject;
      const { count } = blocks;
      blocks.run();
      for (let index = 0; index < count; index++) {
        const from = blocks.digits + 64 * index;
        memory.copyWithin(holes[index] as number, from, from + 64);
      }
      return memory.subarray(output, at);
    },
  };
}
