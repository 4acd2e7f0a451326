import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../local/console/content-security-policy.ts';

const page = readFileSync(new URL('../../local/console/page.html', import.meta.url), 'utf8');
const [, script = ''] = /<script>(.*)<\/script>/s.exec(page) ?? [];
const [, style = ''] = /<style>(.*)<\/style>/s.exec(page) ?? [];
const idsIn = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, id = '']) => id);
const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the page of the console', () => {
  it('loads nothing from anywhere', () => {
    expect(page).not.toMatch(/\b(src|href|action)\s*=|https?:|\bimport\b|url\(/);
    expect(idsIn(script, /fetch\('([^']*)'/g)).toEqual(['/console/state']);
  });

  it('never makes markup of data', () => {
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|setHTML|eval|Function\(/,
    );
    expect(script).not.toMatch(/setAttribute|\bon\w+ ?=/);
  });

  it('allows its own script and style, by what is in them, and connections to itself', () => {
    const policy = contentSecurityPolicy(page).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${sha256(script)}`);
    expect(policy).toContain(`style-src ${sha256(style)}`);
    expect(policy).toContain("connect-src 'self'");
    expect(page).not.toMatch(/ (style|on\w+)="/);
  });

  it('has a script that can be read', () => {
    expect(() => new Function(script)).not.toThrow();
  });

  it('has every element that its script and its labels name', () => {
    const present = new Set(idsIn(page, / id="([^"]*)"/g));
    const named = [
      ...idsIn(script, /(?:byId|setText)\('([^']*)'/g),
      ...idsIn(script, /show\('([^']*)'/g).flatMap((id) => [id, `no-${id}`]),
      ...idsIn(page, /aria-labelledby="([^"]*)"/g),
    ];
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((id) => !present.has(id))).toEqual([]);
  });

  it('has a language, a title, landmarks, and a heading for every section', () => {
    expect(page).toMatch(/<html lang="en">/);
    expect(page).toMatch(/<title>\S.*<\/title>/);
    for (const landmark of ['<header>', '<main>', '<h1>']) expect(page.split(landmark)).toHaveLength(2);
    const sections = page.match(/<section [^>]*aria-labelledby="[^"]+"[^>]*>\s*<h2 id=/g) ?? [];
    expect(sections).toHaveLength(page.split('<section').length - 1);
  });
});
