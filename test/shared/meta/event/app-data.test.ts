import { describe, expect, it } from 'vitest';
import { appData, appDataProblems } from '../../../../shared/meta/event/app-data.ts';

const all = {
  version: 'i2',
  packageName: 'com.example.shop',
  shortVersion: '1.2',
  longVersion: '1.2.3',
  osVersion: '17.5',
  deviceName: 'iPhone16,1',
  locale: 'en_US',
  timezone: 'PST',
  carrier: 'Carrier',
  width: '390',
  height: '844',
  density: '3',
  cpuCores: '6',
  storageSize: '256',
  freeStorage: '128',
  deviceTimezone: 'America/Los_Angeles',
};

describe('appData', () => {
  it.each([
    ['nothing is mapped', undefined],
    ['it is not switched on', all],
    ['it is switched off', { ...all, use_app_data: false }],
    ['it is no object', 'i2'],
  ])('is left out when %s', (_, fields) => {
    expect(appData(fields)).toBeUndefined();
  });

  it('puts the sixteen entries of extinfo in Meta’s order', () => {
    expect(appData({ ...all, use_app_data: true })).toEqual({
      advertiser_tracking_enabled: 0,
      application_tracking_enabled: 0,
      extinfo: Object.values(all),
    });
  });

  it('fills unknown entries with empty text', () => {
    const data = appData({ use_app_data: true, version: 'a2', osVersion: '14' });

    expect(data?.['extinfo']).toEqual(['a2', '', '', '', '14', ...Array.from({ length: 11 }, () => '')]);
  });

  it('says 1 only where tracking is allowed for sure, and adds the advertising id', () => {
    const fields = { use_app_data: true, advertiser_tracking_enabled: true, application_tracking_enabled: 'yes' };

    expect(appData({ ...fields, madId: 'AD-1' })).toMatchObject({
      advertiser_tracking_enabled: 1,
      application_tracking_enabled: 0,
      madid: 'AD-1',
    });
  });
});

describe('appDataProblems', () => {
  it.each<[string, unknown]>([
    ['nothing is mapped', undefined],
    ['it is not switched on', {}],
    ['nothing is missing', { ...all, use_app_data: true }],
  ])('are none when %s', (_, fields) => {
    expect(appDataProblems(fields)).toEqual([]);
  });

  it.each<[string, object, readonly string[]]>([
    ['no version of extinfo', { version: undefined }, ['app_data_field.version']],
    ['no version of the operating system', { osVersion: undefined }, ['app_data_field.osVersion']],
    ['blanks for it', { osVersion: ' ' }, ['app_data_field.osVersion']],
    ['neither', { version: '', osVersion: '' }, ['app_data_field.version', 'app_data_field.osVersion']],
  ])('say that there is %s', (_, without, paths) => {
    const problems = appDataProblems({ ...all, use_app_data: true, ...without });

    expect(problems.map(({ code, path }) => [code, path])).toEqual(paths.map((path) => ['app_data_incomplete', path]));
  });
});
