import { isObject, type JsonObject } from '../../segment/event.ts';

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
    ...(madId ? { madid: madId } : {}),
    extinfo: extinfoOrder.map((name) => fields[name] ?? ''),
  };
}
