import { problems } from '../../reasons/problems.ts';
import { isNobodysAdvertisingId } from '../user-data/normalisers/advertising-id.ts';
import { isNobodysId } from '../user-data/normalisers/nobody.ts';
import { isObject, type JsonObject } from '../../segment/event.ts';
import type { Problem } from './problem.ts';

/** Meta's order of `extinfo`, which always has sixteen entries. */
const extinfoOrder = [
  'version',
  'packageName',
  'shortVersion',
  'longVersion',
  'osVersion',
  'deviceName',
  'locale',
  'timezone',
  'carrier',
  'width',
  'height',
  'density',
  'cpuCores',
  'storageSize',
  'freeStorage',
  'deviceTimezone',
] as const;

/** Where a field of an app event stands within `app_data`: under its own name, or as an entry of `extinfo`. */
export function appDataPath(name: string): string {
  const entry = (extinfoOrder as readonly string[]).indexOf(name);
  if (entry >= 0) return `extinfo[${entry}]`;
  return name === 'madId' ? 'madid' : name;
}

/**
 * Problems for which Meta refuses an app event: an `extinfo` that does not begin with its version, or has no version of
 * the operating system (subcode 2804043).
 */
export function appDataProblems(fields: unknown): readonly Problem[] {
  if (!isObject(fields) || fields['use_app_data'] !== true) return [];
  return neededNames.flatMap((name) => {
    const { message } = neededRows[name];
    return isPresent(fields[name]) ? [] : [{ code: 'app_data_incomplete', path: `app_data_field.${name}`, message }];
  });
}

const { app_data_incomplete: row } = problems;
const neededRows = { version: row, osVersion: row.cases.osVersion };
const neededNames = ['version', 'osVersion'] as const;

/** Members beside `extinfo` that are sent as they are. */
const optional = [
  ...['campaign_ids', 'install_referrer', 'installer_package', 'url_schemes', 'vendor_id'],
  'windows_attribution_id',
];

const isFilled = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '';

/** Whether something is known: `unknown` is no version. */
const isPresent = (value: unknown): boolean => typeof value === 'string' && !isNobodysId(value.trim());

/**
 * `app_data` of an app event, when the mapping switched it on.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/app-data
 */
export function appData(fields: unknown): JsonObject | undefined {
  if (!isObject(fields) || fields['use_app_data'] !== true) return undefined;
  const madId = fields['madId'];
  return {
    advertiser_tracking_enabled: fields['advertiser_tracking_enabled'] === true ? 1 : 0,
    application_tracking_enabled: fields['application_tracking_enabled'] === true ? 1 : 0,
    ...(madId && !isNobodysAdvertisingId(madId) ? { madid: madId } : {}),
    ...Object.fromEntries(optional.flatMap((name) => (isFilled(fields[name]) ? [[name, fields[name]]] : []))),
    extinfo: extinfoOrder.map((name) => fields[name] ?? ''),
  };
}
