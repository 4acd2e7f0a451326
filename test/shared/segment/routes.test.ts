import { describe, expect, it } from 'vitest';
import { eventTypes } from '../../../shared/segment/event.ts';
import { matchRoute } from '../../../shared/segment/routes.ts';

const event = (type: string) => ({ kind: 'event', type });

describe('matchRoute', () => {
  it.each([
    ['/v1/batch', { kind: 'batch' }],
    ['/v1/b', { kind: 'batch' }],
    ['/v1/import', { kind: 'batch' }],
    ['/beacon/v1/batch', { kind: 'batch', isBeacon: true }],
    ['/v1/track', event('track')],
    ['/v1/t', event('track')],
    ['/v1/identify', event('identify')],
    ['/v1/i', event('identify')],
    ['/v1/page', event('page')],
    ['/v1/p', event('page')],
    ['/v1/screen', event('screen')],
    ['/v1/s', event('screen')],
    ['/v1/group', event('group')],
    ['/v1/g', event('group')],
    ['/v1/alias', event('alias')],
    ['/v1/a', event('alias')],
    ['/api/s/track', event('track')],
    ['/api/s/s2s/identify', event('identify')],
    ['/api/s/event', { kind: 'event' }],
    ['/api/s/s2s/batch', { kind: 'batch' }],
    ['/v1/m', { kind: 'metrics' }],
  ])('takes POST %s', (path, route) => {
    expect(matchRoute(path)).toEqual({ method: 'POST', route });
  });

  it.each([
    ['/pixel/v1/track', { kind: 'pixel', type: 'track', form: 'members' }],
    ['/pixel/v1/page', { kind: 'pixel', type: 'page', form: 'members' }],
    ['/sourceConfig', { kind: 'rudderstack-settings' }],
    ['/v1/projects/my-key/settings', { kind: 'segment-settings', writeKey: 'my-key' }],
    ['/v1/projects/a%2Fb/settings', { kind: 'segment-settings', writeKey: 'a/b' }],
    ['/v1/projects/50%/settings', { kind: 'segment-settings', writeKey: '50%' }],
  ])('takes GET %s', (path, route) => {
    expect(matchRoute(path)).toEqual({ method: 'GET', route });
  });

  it.each(eventTypes)("takes Segment's pixel of %s", (type) => {
    expect(matchRoute(`/v1/pixel/${type}`)).toEqual({ method: 'GET', route: { kind: 'pixel', type, form: 'data' } });
  });

  it.each([
    ['/v1/batch/', '/v1/batch'],
    ['/v1/batch//', '/v1/batch'],
    ['//v1/batch', '/v1/batch'],
    ['///v1///track//', '/v1/track'],
    ['/sourceConfig/', '/sourceConfig'],
    ['//v1/projects/key//settings/', '/v1/projects/key/settings'],
  ])('does not mind the slashes of %s', (path, tidy) => {
    expect(matchRoute(path)).toBeDefined();
    expect(matchRoute(path)).toEqual(matchRoute(tidy));
  });

  it.each([
    '',
    '/',
    '//',
    '/v1',
    '/v1/',
    '/v1/unknown',
    '/v2/batch',
    '/V1/BATCH',
    '/v1/batch/x',
    '/constructor',
    '__proto__',
    '/v1/projects//settings',
    '/v1/projects/a/b/settings',
  ])('knows nothing at "%s"', (path) => {
    expect(matchRoute(path)).toBeUndefined();
  });
});
