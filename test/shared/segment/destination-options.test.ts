import { describe, expect, it } from 'vitest';
import {
  eventDataProcessing,
  integrationEntry,
  readDataProcessing,
} from '../../../shared/segment/destination-options.ts';
import { conversionsApiNames } from '../../../shared/config/integration-names.ts';

const names = ['main', ...conversionsApiNames];
const segmentName = 'Facebook Conversions API (Actions)';
const california = { options: ['LDU'], country: 1, state: 1000 };
const given = (dataProcessingOptions: unknown) => ({ dataProcessingOptions });

describe('integrationEntry', () => {
  it.each<[string, unknown, unknown]>([
    ['no integrations', undefined, undefined],
    ['integrations that are no object', ['main'], undefined],
    ['only others', { Mixpanel: false }, undefined],
    ['its own name', { main: false }, false],
    ['an alias', { FACEBOOK_CONVERSIONS: { a: 1 } }, { a: 1 }],
    ['its own name before an alias', { FACEBOOK_CONVERSIONS: false, main: true }, true],
    ['another letter case', { MAIN: false }, undefined],
    ['an inherited name', JSON.parse('{"__proto__": {"main": false}}'), undefined],
  ])('for %s', (_, integrations, entry) => {
    expect(integrationEntry({ integrations }, names)).toEqual(entry);
  });
});

describe('readDataProcessing', () => {
  it.each<[string, unknown, unknown]>([
    ['a state', [['LDU'], 1, 1000], california],
    ['strings as numbers', [['LDU'], '1', ' 1000 '], california],
    ['no place, which Meta finds', [['LDU']], { options: ['LDU'], country: 0, state: 0 }],
    ['a place that cannot be read', [['LDU'], 'US', -1], { options: ['LDU'], country: 0, state: 0 }],
    ['a place of halves', [['LDU'], 0.5, null], { options: ['LDU'], country: 0, state: 0 }],
    ['lower case', [['ldu'], 1, 1000], california],
    ['other entries beside it', [['LDU', 7, 'XYZ'], 1, 1000], california],
    ['no restriction', [[]], { options: [], country: 0, state: 0 }],
    ['no restriction, in the form of Segment’s page', [[], 1, 1000], { options: [], country: 1, state: 1000 }],
  ])('reads %s', (_, triple, expected) => {
    expect(readDataProcessing(triple)).toEqual(expected);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'LDU'],
    ['an empty list', []],
    ['a flat list', ['LDU', 1, 1000]],
    ['an object', { options: ['LDU'] }],
    ['options that Meta does not know, which are no lack of restriction', [['XYZ'], 1, 1000]],
    ['options that are no text', [[null]]],
  ])('finds nothing readable in %s', (_, triple) => {
    expect(readDataProcessing(triple)).toBeUndefined();
  });
});

describe('eventDataProcessing', () => {
  const none = { options: [], country: 0, state: 0 };

  it.each<[string, Readonly<Record<string, unknown>>, unknown]>([
    ['nothing', {}, undefined],
    ['its own name’s options', { integrations: { main: given([['LDU'], 1, 1000]) } }, california],
    ['Segment’s name’s options', { integrations: { [segmentName]: given([['LDU'], 1, 1000]) } }, california],
    ['the context, as RudderStack has it', { context: given([['LDU'], 1, 1000]) }, california],
    ['the integrations before the context', { integrations: { main: given([[]]) }, context: given([['LDU']]) }, none],
    [
      'an alias’s options where its own name is only switched on',
      { integrations: { main: true, [segmentName]: given([['LDU'], 1, 1000]) } },
      california,
    ],
    [
      'the context where the integrations cannot be read',
      { integrations: { main: given('LDU') }, context: given([['LDU'], 1, 1000]) },
      california,
    ],
    ['options of another destination', { integrations: { Mixpanel: given([['LDU']]) } }, undefined],
    ['a destination that is switched on', { integrations: { main: true }, context: 'none' }, undefined],
  ])('for %s', (_, event, expected) => {
    expect(eventDataProcessing(event, names)).toEqual(expected);
  });
});
