import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { previewCommand } from '../../../commands/preview/preview-command.ts';
import { execute } from '../execute.ts';

const folder = mkdtempSync(join(tmpdir(), 'preview-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const order = {
  type: 'track',
  event: 'Order Completed',
  userId: 'u-1',
  properties: { revenue: 10, currency: 'EUR' },
  context: { userAgent: 'Mozilla/5.0' },
};

/** Answers of preview to a text on its standard input, line by line. */
async function answers(text: string, args: readonly string[] = []) {
  const { out, ...rest } = await execute(previewCommand, args, { input: Readable.from([text]) });
  return { ...rest, lines: out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('npm run preview', () => {
  it.each([
    { form: 'a line', text: JSON.stringify({ event: order }), count: 1 },
    // What Segment's debugger copies is the event itself, formatted.
    { form: 'an event as libraries send it', text: JSON.stringify(order), count: 1 },
    { form: 'an event that is formatted', text: JSON.stringify(order, undefined, 2), count: 1 },
    {
      form: 'lines and events together',
      text: `${JSON.stringify({ event: order })}\n${JSON.stringify(order, undefined, 4)}`,
      count: 2,
    },
    { form: 'a list of events', text: JSON.stringify([order, order], undefined, 2), count: 2 },
  ])('takes $form', async ({ text, count }) => {
    const { code, err, lines } = await answers(text);

    expect({ code, err, count: lines.length }).toEqual({ code: 0, err: '', count });
    for (const line of lines) expect(line).toMatchObject({ request: { data: [{ event_name: 'Purchase' }] } });
  });

  it('reads a file', async () => {
    const file = join(folder, 'order.json');
    writeFileSync(file, JSON.stringify(order, undefined, 2));

    const { lines } = await answers('', [file]);

    expect(lines).toMatchObject([{ request: { data: [{ event_name: 'Purchase' }] } }]);
  });

  it('says that there is no such file', async () => {
    expect(await execute(previewCommand, [join(folder, 'nope.json')])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/There is no file .*nope\.json\.\n→ Name a file/),
    });
  });

  it.each([
    { text: '{"event": "Order Completed"}', says: 'event: must be an object, not a text; write {"event": {…}}' },
    { text: '{}', says: 'event: is missing; write {"event": {…}}' },
    { text: '5', says: 'The line: must be an object, not a number' },
    { text: '{"event": {}, "now": "yesterday"}', says: 'now: ' },
  ])('answers $text by what is wrong, in plain words', async ({ text, says }) => {
    const { lines } = await answers(text);

    expect(lines).toEqual([{ error: { code: 'line_invalid', message: expect.stringContaining(says) } }]);
  });

  it('says what it waits for on a terminal, and nothing where it reads a pipe', async () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    terminal.end('');

    const waited = await execute(previewCommand, [], { input: terminal });
    const piped = await execute(previewCommand, []);

    expect(waited.prompt).toMatch(/^Waiting for events as JSON/);
    expect(piped.prompt).toBe('');
  });
});
