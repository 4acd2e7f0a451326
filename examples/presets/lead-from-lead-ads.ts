import { offline } from './destinations.ts';
import type { PresetExample } from './preset-example.ts';

export const leadFromLeadAds = {
  title: 'A lead that a lead ad brought becomes Lead under its lead id',
  destinations: offline,
  in: {
    type: 'track',
    event: 'Lead Qualified',
    messageId: 'lead-from-lead-ads-1',
    userId: 'user-42',
    timestamp: '2026-03-01T09:00:00.000Z',
    properties: {
      stage: 'qualified',
      value: 120,
      currency: 'USD',
    },
    context: {
      'Facebook Offline Conversions': {
        leadId: '1234567890123456',
      },
    },
  },
  out: {
    event_name: 'Lead',
    event_time: 1772355600,
    event_id: 'lead-from-lead-ads-1',
    action_source: 'physical_store',
    user_data: {
      external_id: ['6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997'],
      lead_id: 1234567890123456,
    },
    data_processing_options: [],
    custom_data: {
      stage: 'qualified',
      currency: 'USD',
      value: 120,
    },
  },
} satisfies PresetExample;
