import { describe, expect, it } from 'vitest';
import { zipEntry } from '../../../commands/console/zip-entry.ts';
import { zipOf } from './zip-of.ts';

describe('zipEntry', () => {
  const archive = zipOf({ 'index.mjs': 'code'.repeat(100), 'config.json': '{"a":1}', 'nested/config.json': '{}' });

  it.each([
    { name: 'index.mjs', text: 'code'.repeat(100) },
    { name: 'config.json', text: '{"a":1}' },
    { name: 'other.json', text: undefined },
  ])('reads $name', ({ name, text }) => {
    expect(zipEntry(archive, name)?.toString()).toBe(text);
  });

  it.each(['', 'text that is no archive', '\u0000'.repeat(30)])('refuses %j', (text) => {
    expect(() => zipEntry(Buffer.from(text), 'config.json')).toThrow('no ZIP archive');
  });
});
