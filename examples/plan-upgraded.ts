import type { Example } from './example.ts';

export const planUpgraded = {
  title: 'Any event becomes a custom event of its own name',
  mapping: {
    name: 'Plan Upgraded',
    action: 'custom',
    trigger: 'event = "Plan Upgraded" and !(properties.trial = true)',
    fields: {
      action_source: 'system_generated',
      custom_data: { plan: { '@path': '$.properties.plan' }, months: { '@path': '$.properties.months' } },
    },
  },
  in: {
    type: 'track',
    event: 'Plan Upgraded',
    messageId: 'plan-upgraded-1',
    userId: 'user-42',
    timestamp: '2026-03-10T11:30:00.000Z',
    properties: { plan: 'team', months: 12, trial: false },
    context: { traits: { email: 'ann.lee@example.com' } },
  },
  out: {
    event_name: 'Plan Upgraded',
    event_time: 1773142200,
    event_id: 'plan-upgraded-1',
    action_source: 'system_generated',
    user_data: {
      external_id: ['6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997'],
      em: 'b7e0d8372a47f54bbefeb251ab9ac1e9e6b2d1983263de10196101be3961ed23',
    },
    custom_data: { plan: 'team', months: 12 },
  },
} satisfies Example;
