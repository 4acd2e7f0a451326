import { describe, expect, it } from 'vitest';
import { isNobodysAdvertisingId } from '../../../../../shared/meta/user-data/normalisers/advertising-id.ts';

describe('isNobodysAdvertisingId', () => {
  it.each([
    '00000000-0000-0000-0000-000000000000',
    '{00000000-0000-0000-0000-000000000000}',
    '0',
    'unknown',
    'limit_ad_tracking',
    'NOT_DETERMINED',
    'not authorized',
    'opt_out',
    'Denied',
    'IDFA',
    'advertising_id_not_available',
    '9774D56D682E549C',
    '',
  ])('knows %j', (id) => {
    expect(isNobodysAdvertisingId(id)).toBe(true);
  });

  it.each(['6D92078A-8246-4BA4-AE5B-76104861E7DC', 'cdda802e-fb9c-47ad-9866-0794d394c912', 'mad-1', 7, null])(
    'lets %j be',
    (id) => {
      expect(isNobodysAdvertisingId(id)).toBe(false);
    },
  );
});
