/** Members of a request body by name. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * Reads a body as Meta takes it: JSON, or a form whose `data` is JSON text.
 *
 * @returns undefined for anything else
 */
export async function readMembers(body: Buffer, contentType: string): Promise<Members | undefined> {
  try {
    if (!contentType.includes('form')) return asObject(JSON.parse(body.toString('utf8')));
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  } catch {
    return undefined;
  }
}

/** The events of a body; undefined when `data` is no list. The list, and each event in it, may be JSON text. */
export function readData({ data }: Members): readonly unknown[] | undefined {
  const list = unwrap(data);
  return Array.isArray(list) ? list.map(unwrap) : undefined;
}

function unwrap(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const asObject = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
