import * as z from 'zod';
import type { DestinationToken } from '../pipeline/ports.ts';

const JsonSecret = z.object({ accessToken: z.string().min(1), appSecret: z.string().min(1).optional() });

/**
 * The token in the text of a secret: plain, or `{"accessToken": "…", "appSecret": "…"}`.
 *
 * @returns undefined when the text is blank, or JSON of another shape
 */
export function readTokenSecret(text: string): DestinationToken | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (!trimmed.startsWith('{')) return { accessToken: trimmed };
  try {
    const parsed = JsonSecret.safeParse(JSON.parse(trimmed));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
