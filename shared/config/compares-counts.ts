import type { EnvironmentSettings } from './environment-settings.ts';

/** Three weeks to compare with, and the day that is looked at. */
const leastDaysKept = 22;

/** Whether a deployment compares each hour how often its event names came: it needs a record long enough, and a webhook to tell. */
export const comparesCounts = ({ record, alarms }: Pick<EnvironmentSettings, 'record' | 'alarms'>): boolean =>
  record !== undefined &&
  record.keepDays >= leastDaysKept &&
  alarms.webhookSecret !== undefined &&
  alarms.compareCounts !== false;
