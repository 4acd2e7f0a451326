import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deadLetters } from '../../../commands/dead-letters/dead-letters.ts';
import { problems } from '../../../shared/reasons/problems.ts';
import { rejections } from '../../../shared/reasons/rejections.ts';

const guide = readFileSync(new URL('../../../docs/dead-letters.md', import.meta.url), 'utf8');

/** Codes in the first column of the tables between two headings. */
const codesUnder = (heading: string): string[] => {
  const [, section = ''] = guide.split(`### ${heading}\n`);
  return [...(section.split(/^##/m)[0] ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, code = '']) => code);
};

describe('the guide to dead letters', () => {
  it('explains every code of the ingest stage', () => {
    expect(codesUnder('Codes of the ingest stage').sort()).toEqual(Object.keys(rejections).sort());
  });

  it('explains every code of the deliver stage', () => {
    const others = ['meta_rejected', 'message_undecodable', 'received_too_often'];

    expect(codesUnder('Codes of the deliver stage').sort()).toEqual([...Object.keys(problems), ...others].sort());
  });

  it.each(Object.keys(deadLetters.commands))('shows %s', (command) => {
    expect(guide).toContain(`npm run dead-letters -- ${command}`);
  });
});
