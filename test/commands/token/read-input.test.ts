import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readInput } from '../../../commands/token/read-input.ts';

const never = new AbortController().signal;
const read = (text: string) => readInput(Readable.from([Buffer.from(text)]), () => {}, never);

/** Types at a terminal. */
function type(keys: string) {
  const shown: string[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const read = readInput(input, (text) => shown.push(text), never);
  input.write(keys);
  return { read, shown };
}

describe('readInput', () => {
  it.each([
    ['EAAB123', 'EAAB123'],
    ['EAAB123\n', 'EAAB123'],
    ['EAAB123\r\n', 'EAAB123'],
    ['{"accessToken": "a", "appSecret": "s"}\n', '{"accessToken": "a", "appSecret": "s"}'],
  ])('takes %j as %j', async (text, token) => {
    expect(await read(text)).toBe(token);
  });

  it.each([
    ['', 'Nothing was read'],
    ['\n', 'Nothing was read'],
    ['EAAB123\n\n', 'a blank, a line break'],
    ['EAAB 123', 'a blank, a line break'],
    [' EAAB123', 'a blank, a line break'],
    ['“EAAB123”', 'a blank, a line break or another character'],
    ['{"accessToken":""}', 'The JSON on standard input'],
    ['{"token":"EAAB123"}', 'The JSON on standard input has a member other than'],
    ['{EAAB123', 'The JSON on standard input'],
    ['{"accessToken":"EAAB123","appSecrt":"any"}', 'has a member "appSecrt". Did you mean appSecret?'],
    ['{"access_token":"EAAB123"}', 'has a member "access_token". Did you mean accessToken?'],
    ['{"accessToken":"EAAB123","EAAB456":1}', 'has a member other than accessToken and appSecret'],
    ['E'.repeat(65_537), 'longer than 65536 bytes'],
  ])('refuses %j without repeating it', async (text, message) => {
    const error = await read(text).catch((thrown: Error) => thrown);

    expect(error).toMatchObject({ message: expect.stringContaining(message) });
    expect(String(error)).not.toContain('EAAB');
  });

  it('lets typing be corrected at a terminal, and shows only the prompt', async () => {
    const { read, shown } = type('EAAB13\x7f23\r');

    expect(await read).toBe('EAAB123');
    expect(shown.join('')).toBe('Token (it is not shown): \n');
  });

  it('ends on Ctrl-C at a terminal', async () => {
    await expect(type('EAAB\x03').read).rejects.toThrow('Interrupted: nothing was changed.');
  });

  it('ends when it is told to, though a pipe stays open', async () => {
    const stop = new AbortController();
    const read = readInput(new PassThrough(), () => {}, stop.signal);

    stop.abort();

    await expect(read).rejects.toThrow('Interrupted: nothing was changed.');
  });
});
