import { createInterface } from 'node:readline';
import { addAbortSignal, type Readable, Writable } from 'node:stream';
import { closest } from '../../shared/lib/closest.ts';
import { jsonOrNothing } from '../../shared/lib/json/json-or-nothing.ts';
import { readTokenSecret } from '../../shared/meta/graph/parse-token.ts';
import { isObject } from '../../shared/segment/event.ts';
import type { Input } from '../kit/effects.ts';

const interrupted = 'Interrupted: nothing was changed.';

/** Secrets Manager's limit for a value. */
const mostBytes = 65_536;

/**
 * The new token: all of a pipe, or one line typed at a terminal, which does not show it. One line break at the end is
 * taken off.
 *
 * @param prompt writes at a terminal, without a line break
 * @param stopped ends the wait for more
 * @throws Error without the input in its message, when it is interrupted, too long, or neither a token nor the JSON form
 */
export async function readInput(input: Input, prompt: (text: string) => void, stopped: AbortSignal): Promise<string> {
  const text = (input.isTTY ? await typed(input, prompt) : await piped(input, stopped)).replace(/\r?\n$/, '');
  if (text.trim() === '') {
    throw new Error('Nothing was read. Type the token, or pipe it in: npm run -s token:set -- … < token.txt');
  }
  const isJson = text.trimStart().startsWith('{');
  if (!isJson && /[^\x21-\x7e]/.test(text)) {
    throw new Error(
      'The token holds a blank, a line break or another character that no token has. Copy it again, whole.',
    );
  }
  if (isJson) checkMembers(jsonOrNothing(text));
  if (readTokenSecret(text) === undefined) {
    throw new Error(
      'The JSON on standard input is not {"accessToken": "…"} or {"accessToken": "…", "appSecret": "…"}, or its token holds a character that no token has.',
    );
  }
  return text;
}

const members = ['accessToken', 'appSecret'];

/** Refuses members that nobody would read: a mistyped `appSecret` would leave requests without their signature. */
function checkMembers(value: unknown): void {
  if (!isObject(value)) return;
  const unknown = Object.keys(value).find((name) => !members.includes(name));
  if (unknown === undefined) return;
  // Only a near miss is repeated: anything else may be a part of a token.
  const meant = closest(unknown, members);
  throw new Error(
    meant === undefined
      ? 'The JSON on standard input has a member other than accessToken and appSecret. Take it out.'
      : `The JSON on standard input has a member ${JSON.stringify(unknown)}. Did you mean ${meant}?`,
  );
}

async function piped(input: Readable, stopped: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of addAbortSignal(stopped, input)) {
      const part = Buffer.from(chunk as Buffer | string);
      bytes += part.length;
      if (bytes > mostBytes)
        throw new Error(`Standard input is longer than ${mostBytes} bytes, which no secret may be.`);
      chunks.push(part);
    }
  } catch (error) {
    throw stopped.aborted ? new Error(interrupted) : error;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The line editor of Node, writing nowhere: what is typed can be corrected, and is not shown. */
function typed(input: Readable, prompt: (text: string) => void): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  prompt('Token (it is not shown): ');
  return new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('SIGINT', () => reject(new Error(interrupted)));
    lines.once('close', () => resolve(''));
  }).finally(() => {
    prompt('\n');
    lines.close();
  });
}
