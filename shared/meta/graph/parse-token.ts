import * as z from 'zod/mini';
import type { DestinationToken } from '../../queue/ports.ts';
import { jsonOrNothing } from '../../lib/json/json-or-nothing.ts';

/** Text that an HTTP header can carry: a token with an invisible or typographic character would never leave this process. */
const headerText = z.string().check(z.trim(), z.regex(/^[!-~]+$/));

const JsonSecret = z.object({
  accessToken: headerText,
  appSecret: z.optional(z.string().check(z.trim(), z.minLength(1))),
});

/**
 * The token in the text of a secret: plain, or `{"accessToken": "…", "appSecret": "…"}`.
 *
 * @returns undefined when the text is blank, JSON of another shape, or holds what cannot be a token
 */
export function readTokenSecret(text: string): DestinationToken | undefined {
  const trimmed = text.trim();
  const parsed = JsonSecret.safeParse(trimmed.startsWith('{') ? jsonOrNothing(trimmed) : { accessToken: trimmed });
  return parsed.success ? parsed.data : undefined;
}
