import { describe, expect, it } from 'vitest';
import { pages } from '../../../shared/meta/members/pages.ts';
import { type ListedRule, ruleList } from '../../../local/graph-stand-in/rule-list.ts';
import { contradictedSample, samples } from './samples/samples.ts';

const all = Object.values(ruleList).flatMap((rules: readonly ListedRule[]) => rules);

describe('the list of rules', () => {
  it('is whole', () => {
    expect(Object.values(ruleList).map(({ length }) => length > 0)).not.toContain(false);
    expect(all.length).toBeGreaterThan(90);
  });

  it.each(all)('has a page of Meta or a reason to assume: $when', ({ evidence }) => {
    if ('source' in evidence) expect(Object.keys(pages)).toContain(evidence.source);
    else expect(evidence).toEqual({ assumed: true, note: expect.stringMatching(/\w+ \w+/) });
  });

  it.each(Object.values(pages))('has an address for $title', ({ url }) => {
    expect(url).toMatch(/^https:\/\/developers\.facebook\.com\/\S+[a-z0-9_]$/);
  });

  it('uses every page', () => {
    const used = [...all, ...samples, contradictedSample].map(({ evidence }) =>
      'source' in evidence ? evidence.source : '',
    );

    expect(Object.keys(pages).filter((page) => !used.includes(page as (typeof used)[number]))).toEqual([]);
  });
});
