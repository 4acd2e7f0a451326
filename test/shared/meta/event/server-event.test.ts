import { describe, expect, it } from 'vitest';
import { ServerEvent } from '../../../../shared/meta/event/server-event.ts';

const digest = 'a'.repeat(64);
const valid = {
  event_name: 'Purchase',
  event_time: 1_773_143_940,
  action_source: 'website',
  user_data: { em: digest },
  custom_data: { currency: 'EUR', value: 9.5, contents: [{ id: 'P-1', quantity: 1 }], anything: { else: true } },
};
const withMember = (...[name, value]: [string, unknown]) => ({ ...valid, [name]: value });

describe('ServerEvent', () => {
  it.each<[string, object]>([
    ['a usual event', valid],
    ['several digests of one key', withMember('user_data', { em: [digest, 'b'.repeat(32)] })],
    ['a digest with Meta’s appendix', withMember('user_data', { em: `${digest}.AQIBAQEA` })],
    [
      'an app event',
      withMember('app_data', {
        advertiser_tracking_enabled: 1,
        application_tracking_enabled: 0,
        extinfo: Array.from({ length: 16 }, () => ''),
      }),
    ],
  ])('takes %s', (_, event) => {
    expect(ServerEvent.safeParse(event).success).toBe(true);
  });

  it.each<[string, object]>([
    ['a misplaced member', withMember('currency', 'EUR')],
    ['a raw email', withMember('user_data', { em: 'a@example.com' })],
    ['an upper-case digest', withMember('user_data', { em: digest.toUpperCase() })],
    ['an unknown match key', withMember('user_data', { email: digest })],
    ['an empty list of digests', withMember('user_data', { em: [] })],
    ['a time as text', withMember('event_time', '2026-03-10T11:59:00Z')],
    ['a time with a fraction', withMember('event_time', 1_773_143_940.5)],
    ['no name', withMember('event_name', '')],
    ['an unknown action source', withMember('action_source', 'web')],
    ['a currency in lower case', withMember('custom_data', { currency: 'eur' })],
    ['a value as text', withMember('custom_data', { value: '9.5' })],
    ['a product without an id', withMember('custom_data', { contents: [{ quantity: 1 }] })],
    ['half a product', withMember('custom_data', { contents: [{ id: 'P-1', quantity: 0.5 }] })],
    [
      'fifteen entries of extinfo',
      withMember('app_data', {
        advertiser_tracking_enabled: 1,
        application_tracking_enabled: 0,
        extinfo: Array.from({ length: 15 }, () => ''),
      }),
    ],
  ])('refuses %s', (_, event) => {
    expect(ServerEvent.safeParse(event).success).toBe(false);
  });
});
