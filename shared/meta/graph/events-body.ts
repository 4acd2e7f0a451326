import { Buffer } from 'node:buffer';
import type { RequestBody } from '../../queue/destination.ts';
import { metaLimits } from '../limits.ts';
import { closingOf, type Envelope, opening } from './request-body.ts';

/** Room for some forty orders: what a body gets at least. */
const fewestBytes = 64 * 1024;
/** Bytes of the last body: fresh memory is as large at once, since moving it again and again while it grows takes time. */
let usualBytes = fewestBytes;
/** A little more than the last one: orders differ. */
const spareBytes = 64 * 1024;
/** UTF-8 bytes that a UTF-16 unit may take. */
const mostBytesPerUnit = 3;
const comma = 0x2c;

/** Memory of bodies that were sent: to fill it again takes less than to get more from the system and to give that back. */
const spare: Buffer[] = [];
/** As many as one destination has under way. */
const mostSpare = 8;
/** Enough for every body but that of one enormous event, which is let go. */
const mostBytes = metaLimits.requestBytes + spareBytes;

/**
 * The events of a request's body, as the bytes that are sent. Each is copied here as soon as it is written, so that the
 * garbage collector never has to carry the text of a whole batch along.
 */
export class EventsBody implements RequestBody {
  private bytes: Buffer;
  /** Where each event ends. */
  private readonly ends: number[] = [];
  private end: number;
  private closing: string | undefined;
  private timesTaken = 0;

  /** @param isOneOfMany most of which will stay small */
  constructor(isOneOfMany = false) {
    this.bytes = spare.pop() ?? Buffer.allocUnsafe(isOneOfMany ? fewestBytes : usualBytes);
    this.end = this.bytes.write(opening);
  }

  /** Bytes of the events and of what stands between them. */
  get size(): number {
    return this.end - opening.length;
  }

  /** Whether another event fits into a request. */
  hasRoomFor(json: string): boolean {
    // The number of bytes is not known before they are written: only near the limit it is worth counting.
    if (this.size + json.length * mostBytesPerUnit < metaLimits.requestBytes) return true;
    return this.size + Buffer.byteLength(json) + 1 <= metaLimits.requestBytes;
  }

  /** @param json one server event @throws Error when the body has been taken already */
  add(json: string): void {
    if (this.timesTaken > 0) throw new Error('A body that is being sent takes no more events.');
    this.reserve(json.length * mostBytesPerUnit + 1);
    if (this.ends.length > 0) this.bytes[this.end++] = comma;
    this.end += this.bytes.write(json, this.end);
    this.ends.push(this.end);
  }

  /** The whole body, with all events. Nothing may be added any more. */
  whole(envelope: Envelope): Buffer {
    this.timesTaken++;
    const closing = closingOf(envelope);
    // What is on its way already must not change: after a rotation of the token, another proof may stand behind it.
    if (this.closing !== undefined && this.closing !== closing) {
      return Buffer.concat([this.bytes.subarray(0, this.end), Buffer.from(closing)]);
    }
    this.reserve(closing.length * mostBytesPerUnit);
    this.closing = closing;
    usualBytes = Math.max(this.end + spareBytes, fewestBytes);
    return this.bytes.subarray(0, this.end + this.bytes.write(closing, this.end));
  }

  /** A body with the events at some places, in the order in which these are given. */
  part(places: readonly number[], envelope: Envelope): Buffer {
    if (places.length === this.ends.length) return this.whole(envelope);
    this.timesTaken++;
    const pieces: Uint8Array[] = [Buffer.from(opening)];
    for (const place of places) {
      if (pieces.length > 1) pieces.push(Buffer.from(','));
      pieces.push(this.bytes.subarray(this.startOf(place), this.ends[place]));
    }
    return Buffer.concat([...pieces, Buffer.from(closingOf(envelope))]);
  }

  /**
   * Lets the next body have the memory, once Meta said that it received the events: before, a part of it may be on its way.
   * A body that was sent more than once may be on its way still.
   */
  release(): void {
    const isSpare = this.timesTaken === 1 && this.bytes.length <= mostBytes && spare.length < mostSpare;
    if (isSpare) spare.push(this.bytes);
    this.bytes = Buffer.alloc(0);
    this.ends.length = 0;
    this.end = 0;
  }

  private startOf(place: number): number {
    const before = this.ends[place - 1];
    return before === undefined ? opening.length : before + 1;
  }

  private reserve(bytes: number): void {
    if (this.end + bytes <= this.bytes.length) return;
    const wanted = Math.min(2 * this.bytes.length, mostBytes);
    const larger = Buffer.allocUnsafe(Math.max(wanted, this.end + bytes));
    this.bytes.copy(larger, 0, 0, this.end);
    this.bytes = larger;
  }
}
