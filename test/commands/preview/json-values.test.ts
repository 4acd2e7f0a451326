import { describe, expect, it } from 'vitest';
import { jsonValues } from '../../../commands/preview/json-values.ts';

const read = async (text: string): Promise<unknown[]> => {
  const found: unknown[] = [];
  for await (const each of jsonValues(text.split('\n'))) found.push('value' in each ? each.value : each.fault);
  return found;
};

const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);
const notJson = expect.stringContaining('The line is not JSON');

describe('jsonValues', () => {
  const event = { type: 'track', event: 'A "quoted" {name', properties: { list: [1, { a: '}' }], empty: {} } };

  it.each([
    { title: 'a line', text: '{"a":1}', values: [{ a: 1 }] },
    { title: 'several lines', text: '{"a":1}\n\n{"b":2}\n', values: [{ a: 1 }, { b: 2 }] },
    { title: 'one over several lines', text: pretty(event), values: [event] },
    {
      title: 'one by tabs, with Windows line ends',
      text: JSON.stringify(event, undefined, '\t').replaceAll('\n', '\r\n'),
      values: [event],
    },
    {
      title: 'several one after the other',
      text: `${pretty(event)}\n${pretty({ b: 1 })}\n{"c":1}`,
      values: [event, { b: 1 }, { c: 1 }],
    },
    { title: 'with empty lines in between', text: '{\n\n"a": 1\n\n}', values: [{ a: 1 }] },
    { title: 'a list', text: pretty([event, event]), values: [[event, event]] },
    { title: 'noise', text: 'noise', values: [notJson] },
    { title: 'noise between lines', text: '{"a":1}\nnoise\n{"b":2}', values: [{ a: 1 }, notJson, { b: 2 }] },
    // As before: one answer for each line of NDJSON, and none takes its neighbour along.
    { title: 'a line that is cut off', text: '{"a": {\n{"b":2}', values: [notJson, { b: 2 }] },
    {
      title: 'lines that are cut off',
      text: '{"a": {\ngarbage\nmore\n{"b":2}',
      values: [notJson, notJson, notJson, { b: 2 }],
    },
    {
      title: 'one over several lines that ends early',
      text: '{\n  "a": 1,\n{"b":2}',
      values: [expect.stringContaining('ends before'), { b: 2 }],
    },
    {
      title: 'one over several lines with a fault',
      text: '{\n  "a": 1,\n}',
      values: [expect.stringContaining('over 3 lines is not valid')],
    },
    { title: 'brackets that close too often', text: '}\n{"b":2}', values: [notJson, { b: 2 }] },
  ])('reads $title', async ({ text, values }) => {
    expect(await read(text)).toEqual(values);
  });

  it('keeps every digit of a long number', async () => {
    expect(await read('{\n "id": 12345678901234567890\n}')).toEqual([{ id: '12345678901234567890' }]);
  });

  it('never quotes what it read', async () => {
    expect(JSON.stringify(await read('{\n  "email": "jane@shop.example"\n  "b": 1\n}'))).not.toContain('jane');
  });
});
