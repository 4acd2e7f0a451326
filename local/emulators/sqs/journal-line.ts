import { crc32 } from 'node:zlib';
import { isObject } from '../../../shared/segment/event.ts';

/*
 * One line of the journal: `{"crc":"1a2b3c4d","record":{…}}`, JSON like any other. The checksum, CRC-32 as in gzip, is of the
 * bytes of the record: a line that a disk or a hand changed is found, even where it still is JSON.
 */
const head = Buffer.from('{"crc":"00000000","record":');
const tail = Buffer.from('}\n');
const checksumAt = head.indexOf('0');
const checksumLength = 8;

export function encodeLine(record: object): Buffer {
  const json = JSON.stringify(record);
  const line = Buffer.allocUnsafe(head.length + Buffer.byteLength(json) + tail.length);
  head.copy(line);
  const end = head.length + line.write(json, head.length);
  tail.copy(line, end);
  line.write(checksumOf(line.subarray(head.length, end)), checksumAt, 'latin1');
  return line;
}

/**
 * Reads a line, given without its line break. Lines from before there were checksums are taken as they are.
 *
 * @throws Error saying what is wrong with it
 */
export function decodeLine(line: Buffer): unknown {
  const value = parse(line);
  if (!isObject(value)) throw new Error('it is no JSON object');
  if (typeof value['type'] === 'string') return value;
  const record = line.subarray(head.length, line.length - tail.length + 1);
  if (value['crc'] !== checksumOf(record) || value['record'] === undefined)
    throw new Error('its checksum does not match');
  return value['record'];
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    throw new Error('it is no JSON');
  }
}

const checksumOf = (bytes: Buffer): string => crc32(bytes).toString(16).padStart(checksumLength, '0');
