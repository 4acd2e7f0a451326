import { inflateRawSync } from 'node:zlib';

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const longestComment = 65_535;

/**
 * One file of a ZIP archive, as those of Lambda packages are: stored or deflated.
 *
 * @returns undefined when there is none of that name
 * @throws Error when it is no such archive
 */
export function zipEntry(archive: Buffer, name: string): Buffer | undefined {
  const end = archive.lastIndexOf(signature(endSignature));
  if (end < 0 || end < archive.length - longestComment - 22) throw new Error('The package is no ZIP archive.');
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    if (archive.readUInt32LE(at) !== directorySignature) throw new Error('The directory of the package is damaged.');
    const nameBytes = archive.readUInt16LE(at + 28);
    if (archive.toString('utf8', at + 46, at + 46 + nameBytes) === name) return contents(archive, at);
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return undefined;
}

function contents(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const header = archive.readUInt32LE(entry + 42);
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const bytes = archive.subarray(start, start + archive.readUInt32LE(entry + 20));
  if (method === 0) return bytes;
  if (method === 8) return inflateRawSync(bytes);
  throw new Error(`The package is compressed by method ${method}, which is not known here.`);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
