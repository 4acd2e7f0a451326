import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const docs = resolve(root, 'docs');

const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '');

/** Anchors that a page's headings get where the project is published. */
const anchorsOf = (text: string): readonly string[] =>
  [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );

const pages = [
  ...readdirSync(docs)
    .filter((file) => file.endsWith('.md'))
    .map((file) => resolve(docs, file)),
  resolve(root, 'README.md'),
  resolve(root, 'CONTRIBUTING.md'),
  resolve(root, 'CHANGELOG.md'),
];

const links = pages.flatMap((page) => {
  const text = withoutCode(readFileSync(page, 'utf8'));
  return [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(([, file = '', anchor]) => ({
    page: relative(root, page),
    target: file === '' ? page : resolve(dirname(page), file),
    anchor,
    link: `${file}#${anchor ?? ''}`,
  }));
});

describe('the links of the guides', () => {
  it('are found', () => {
    expect(links.length).toBeGreaterThan(15);
  });

  it.each(links)('$page: $link leads somewhere', ({ target, anchor }) => {
    expect(existsSync(target)).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(readFileSync(target, 'utf8'))).toContain(anchor);
  });
});

/** Paths in the project that a text names: `shared/meta/limits.ts`, `docs/`. */
const pathsNamed = (text: string): readonly string[] => [
  ...new Set(
    [
      ...withoutCode(text).matchAll(
        /`((?:bench|build|cdk|commands|config|docs|examples|functions|local|shared|test)\/[\w./-]*)`/g,
      ),
    ].map(([, path = '']) => path),
  ),
];

describe('the paths that a guide names', () => {
  const named = pages
    .filter((page) => !page.endsWith('CHANGELOG.md'))
    .flatMap((page) => pathsNamed(readFileSync(page, 'utf8')).map((path) => ({ page: relative(root, page), path })));

  it('are found', () => {
    expect(named.length).toBeGreaterThan(50);
  });

  it.each(named)('$page: $path is there', ({ path }) => {
    expect(existsSync(resolve(root, path))).toBe(true);
  });
});
