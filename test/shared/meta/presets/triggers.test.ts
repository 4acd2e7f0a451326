import { describe, expect, it } from 'vitest';
import { identifyTrigger, trackTrigger } from '../../../../shared/meta/presets/triggers.ts';
import { compileTrigger } from '../../../../shared/fql/compile-trigger.ts';
import { identify, track } from '../../../support/factories.ts';

const oddNames = ['Order Completed', 'say "yes"', 'back\\slash', "it's", 'a and b', 'C:\\"x"', 'Größe', 'a*', ' '];

describe('trackTrigger', () => {
  it.each(oddNames)('matches %j and nothing else', (name) => {
    const matches = compileTrigger(trackTrigger([name]));

    expect(matches(track(name))).toBe(true);
    expect(matches(track(`${name}x`))).toBe(false);
    expect(matches({ ...track(name), type: 'page' })).toBe(false);
  });

  it.each(oddNames)('matches %j among several', (name) => {
    const matches = compileTrigger(trackTrigger(['First', name, 'Last']));

    expect([track('First'), track(name), track('Last'), track('Other')].map(matches)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('identifyTrigger', () => {
  it.each(['order_completed_last_30days', '2024_buyers', 'high-value', 'two words', 'größe', 'a = 1 or b'])(
    'matches when %j is true',
    (trait) => {
      const matches = compileTrigger(identifyTrigger(trait));

      expect(matches(identify({ [trait]: true }))).toBe(true);
      expect(matches(identify({ [trait]: false }))).toBe(false);
      expect(matches(identify({}))).toBe(false);
      expect(matches(track('x', {}, { traits: { [trait]: true } }))).toBe(false);
    },
  );
});
