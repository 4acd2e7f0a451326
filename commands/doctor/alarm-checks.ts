import type { Check } from '../common/check.ts';
import { ok, warning } from '../common/finding.ts';
import { plural } from '../kit/plural.ts';
import type { AlarmSubscribers } from './alarm-subscribers.ts';

/** Whether alarms reach anybody. A new check is an entry here. */
export const alarmChecks: readonly Check<{ readonly topics: readonly AlarmSubscribers[] }>[] = [
  {
    name: 'alarms',
    run: ({ topics }) => {
      if (topics.length === 0) {
        return warning('There is no alarm topic.', 'Deploy, or set alarms.topicArn in config/environments.ts.');
      }
      const silent = topics.filter(({ confirmed }) => confirmed === 0);
      const pending = topics.reduce((sum, topic) => sum + topic.pending, 0);
      const unconfirmed = `${plural(pending, 'subscription')} ${pending === 1 ? 'is' : 'are'} not confirmed`;
      const follow = 'Follow the link in the mail from AWS, or subscribe again: AWS deletes what is not confirmed.';
      if (silent.length > 0) {
        const names = silent.map(({ topicArn }) => topicArn).join(', ');
        const reason = `Nobody hears of alarms: no confirmed subscription of ${names}.`;
        return pending > 0
          ? warning(`${reason} ${unconfirmed}.`, follow)
          : warning(reason, 'Set alarms.emails in config/environments.ts and deploy, or subscribe to the topic.');
      }
      const confirmed = topics.reduce((sum, topic) => sum + topic.confirmed, 0);
      if (pending > 0) return warning(`${unconfirmed}; ${confirmed} are.`, follow);
      return ok(`${plural(confirmed, 'subscriber')} of ${plural(topics.length, 'topic')}.`);
    },
  },
];
