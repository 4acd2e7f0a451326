import { describe, expect, it } from 'vitest';
import { passesConsent, passesIntegrations } from '../../../shared/delivery/gate.ts';

const names = ['main', 'Facebook Conversions API (Actions)', 'FACEBOOK_CONVERSIONS'];

describe('passesIntegrations', () => {
  it.each<[string, unknown, boolean]>([
    ['nothing', undefined, true],
    ['null', null, true],
    ['no object', 'all', true],
    ['an empty object', {}, true],
    ['All', { All: true }, true],
    ['not All', { All: false }, false],
    ['this destination alone', { All: false, main: true }, true],
    ['this destination alone, with options', { All: false, main: { hashed: true } }, true],
    ['all but this destination', { main: false }, false],
    ['all but Segment’s name of it', { All: true, 'Facebook Conversions API (Actions)': false }, false],
    ['Segment’s name of it alone', { All: false, 'Facebook Conversions API (Actions)': true }, true],
    ['all but RudderStack’s name of it', { FACEBOOK_CONVERSIONS: false }, false],
    ['its own name before an alias', { main: true, FACEBOOK_CONVERSIONS: false }, true],
    ['a browser library’s own name', { 'Segment.io': { apiKey: 'x' } }, true],
    ['another destination', { Mixpanel: false }, true],
    ['an inherited name', JSON.parse('{"__proto__": {"main": false}}'), true],
  ])('for %s', (_, integrations, passes) => {
    expect(passesIntegrations({ type: 'track', integrations }, names)).toBe(passes);
  });
});

describe('passesConsent', () => {
  const consent = (categoryPreferences: unknown) => ({ consent: { categoryPreferences } });

  it.each<[string, unknown, boolean]>([
    ['no context', undefined, true],
    ['no consent object', {}, true],
    ['a consent object that cannot be read', consent('all'), true],
    ['every category agreed to', consent({ ads: true, measurement: true, chat: false }), true],
    ['one category refused', consent({ ads: true, measurement: false }), false],
    ['one category missing', consent({ ads: true }), false],
    ['agreement that is not true', consent({ ads: true, measurement: 'true' }), false],
    ['an inherited agreement', consent(JSON.parse('{"ads": true, "__proto__": {"measurement": true}}')), false],
  ])('for %s', (_, context, passes) => {
    expect(passesConsent({ type: 'track', context }, ['ads', 'measurement'])).toBe(passes);
  });

  it('asks for nothing when the destination names no category', () => {
    expect(passesConsent({ context: consent({}) }, [])).toBe(true);
  });
});
