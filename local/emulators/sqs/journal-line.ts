import { crc32 } from 'node:zlib';
import { isObject, type JsonObject } from '../../../shared/segment/event.ts';

/*
 * One line of the journal, JSON like any other: `{"crc":"1a2b3c4d","record":{…}}`. The checksum, CRC-32 as in gzip, is of all bytes
 * that follow it: a line that a disk or a hand changed is found, even where it still is JSON. A message's body that is JSON itself
 * stands as it is at the end, `{"crc":"…","bodyBytes":61234,"record":{…},"body":{…}}`: to write it as a text within a text, every
 * quote of it escaped, would cost several times as much as all else that is done with it here.
 */
const head = '{"crc":"00000000"';
const checksumAt = head.indexOf('0');
const bodyMark = ',"body":';
const legacyHead = '{"type":"';

export function encodeLine(record: object): Buffer {
  const { rest, body } = split(record);
  const json = JSON.stringify(rest);
  const line = Buffer.from(
    body === undefined
      ? `${head},"record":${json}}\n`
      : `${head},"bodyBytes":${Buffer.byteLength(body)},"record":${json}${bodyMark}${body}}\n`,
  );
  line.write(checksumOf(line.subarray(0, -1)), checksumAt, 'latin1');
  return line;
}

/**
 * Reads a line, given without its line break. Lines from before there were checksums are taken as they are.
 *
 * @throws Error saying what is wrong with it
 */
export function decodeLine(line: Buffer): unknown {
  const start = line.toString('latin1', 0, 64);
  if (start.startsWith(legacyHead)) return parse(line.toString('utf8'));
  if (!start.startsWith(`${head.slice(0, checksumAt)}${checksumOf(line)}`)) {
    throw new Error(isObject(parse(line.toString('utf8'))) ? 'its checksum does not match' : 'it is no JSON object');
  }
  const bodyBytes = /^,"bodyBytes":(\d+),/.exec(start.slice(head.length))?.[1];
  if (bodyBytes === undefined) return (parse(line.toString('utf8')) as JsonObject)['record'];
  const bodyAt = line.length - 1 - Number(bodyBytes);
  const envelope = parse(`${line.toString('utf8', 0, bodyAt - bodyMark.length)}}`) as { record: { message: object } };
  const { record } = envelope;
  return { ...record, message: { ...record.message, body: line.toString('utf8', bodyAt, line.length - 1) } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
}

/** The record without its message's body, and that body, if it can stand in a line by itself. */
function split(record: object & { readonly message?: object }): { rest: object; body?: string } {
  const { message } = record;
  if (message === undefined || !('body' in message) || typeof message.body !== 'string') return { rest: record };
  const { body } = message;
  const isPlain = body.startsWith('{') && body.endsWith('}') && !body.includes('\n') && body.isWellFormed();
  return isPlain ? { rest: { ...record, message: { ...message, body: undefined } }, body } : { rest: record };
}

const checksumOf = (line: Buffer): string =>
  crc32(line.subarray(head.length - 1))
    .toString(16)
    .padStart(8, '0');
