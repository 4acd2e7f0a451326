import { describe, expect, it } from 'vitest';
import {
  compileMappingConfig,
  InvalidMappingError,
  layOverDefaults,
  withoutEmptyUserId,
} from '../../../../shared/meta/actions/compile-mapping-config.ts';

function refusal(source: Parameters<typeof compileMappingConfig>[0]): InvalidMappingError {
  try {
    compileMappingConfig(source);
  } catch (error) {
    if (error instanceof InvalidMappingError) return error;
    throw error;
  }
  throw new Error('The mapping was taken.');
}

describe('compileMappingConfig', () => {
  it.each<[string, Parameters<typeof compileMappingConfig>[0], string, string]>([
    ['an unknown action', { action: 'purchased', mapping: {} }, 'action_unknown', 'action'],
    [
      'a trigger that cannot be read',
      { action: 'purchase', trigger: 'type = ', mapping: {} },
      'trigger_invalid',
      'trigger',
    ],
    ['no trigger where the action has none', { action: 'custom', mapping: {} }, 'trigger_invalid', 'trigger'],
    ['a mapping that is no object', { action: 'purchase', mapping: ['x'] }, 'mapping_invalid', 'fields'],
    [
      'an unknown directive',
      { action: 'purchase', mapping: { value: { '@pat': '$.x' } } },
      'mapping_invalid',
      'fields/value',
    ],
    ['a V2 action without a sync mode', { action: 'purchase2', mapping: {} }, 'sync_mode_invalid', 'syncMode'],
    [
      'a V2 action that would update',
      { action: 'purchase2', mapping: { __segment_internal_sync_mode: 'update' } },
      'sync_mode_invalid',
      'syncMode',
    ],
  ])('refuses %s', (_, source, code, path) => {
    const error = refusal(source);

    expect(error.code).toBe(code);
    expect(error.issues[0]?.path).toMatch(new RegExp(`^${path}`));
    expect(error.message).not.toBe('');
  });

  it('lets every event through when the trigger is null', () => {
    const { matches } = compileMappingConfig({ action: 'purchase', trigger: null, mapping: {} });

    expect(matches({ type: 'alias' })).toBe(true);
  });

  it('takes the action’s own trigger when there is none', () => {
    const { matches } = compileMappingConfig({ action: 'purchase', mapping: {} });

    expect(matches({ type: 'track', event: 'Order Completed' })).toBe(true);
    expect(matches({ type: 'track', event: 'Order Refunded' })).toBe(false);
  });
});

describe('layOverDefaults', () => {
  it('replaces a field, keeps the others, and adds what the defaults lack', () => {
    const mapping = layOverDefaults('purchase', { value: 7, net_revenue: 5 });

    expect(mapping).toMatchObject({ value: 7, net_revenue: 5, event_id: { '@path': '$.messageId' } });
  });

  it('lays members over members, and a directive over all of them', () => {
    const below = layOverDefaults('purchase', {})['user_data'];

    expect(layOverDefaults('purchase', { user_data: { email: 'x' } })['user_data']).toEqual({
      ...(below as object),
      email: 'x',
    });
    expect(layOverDefaults('purchase', { user_data: { '@path': '$.traits' } })['user_data']).toEqual({
      '@path': '$.traits',
    });
  });

  it('does not change the defaults for the next mapping', () => {
    const before = JSON.stringify(layOverDefaults('purchase', {}));

    layOverDefaults('purchase', { user_data: { email: 'x' }, value: 1 });

    expect(JSON.stringify(layOverDefaults('purchase', {}))).toBe(before);
  });

  it('leaves the fields of an unknown action to the compiler', () => {
    expect(layOverDefaults('nonsense', { a: 1 })).toEqual({ a: 1 });
  });
});

describe('withoutEmptyUserId', () => {
  it('takes away an empty user id only', () => {
    const visitor = { userId: '', anonymousId: 'a' };
    const known = { userId: 'u', anonymousId: 'a' };

    expect(withoutEmptyUserId(visitor)).toEqual({ anonymousId: 'a' });
    expect(withoutEmptyUserId(known)).toBe(known);
  });
});
