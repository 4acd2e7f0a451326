export const now = new Date('2026-11-22T12:00:00Z');
export const nowSeconds = now.getTime() / 1_000;

// SHA-256 of `jane@example.com`.
export const emailDigest = '8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d';

/** A server event that breaks no rule. */
export const serverEvent = (overrides: object = {}) => ({
  event_name: 'Lead',
  event_time: nowSeconds - 60,
  event_id: 'message-1',
  action_source: 'website',
  event_source_url: 'https://shop.example/thanks',
  user_data: { em: emailDigest, client_ip_address: '203.0.113.7', client_user_agent: 'Mozilla/5.0' },
  ...overrides,
});

/** An app event with its sixteen entries, some of them replaced. */
export const appEvent = (entries: Record<number, string> = {}, appData: object = {}) =>
  serverEvent({
    action_source: 'app',
    app_data: {
      advertiser_tracking_enabled: 1,
      extinfo: Object.assign(['i2', 'com.example', '1.0', '100', '18.1', ...Array(11).fill('')], entries),
      ...appData,
    },
  });
