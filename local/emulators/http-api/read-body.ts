import type { IncomingMessage } from 'node:http';

/**
 * Reads a request body whole. More than `maxBytes` is read to its end and thrown away, giving undefined: most clients
 * look for an answer only after they have sent everything. Rejects when the sender goes away before the end.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes > maxBytes ? undefined : Buffer.concat(chunks, bytes);
}
