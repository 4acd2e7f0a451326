import { describe, expect, it } from 'vitest';
import { rudderstackSettings, segmentSettings } from '../../../shared/segment/library-settings.ts';
import { now } from '../../support/factories.ts';

describe('segmentSettings', () => {
  it("sends Segment's and Customer.io's libraries to this host", () => {
    const endpoint = { apiKey: 'key-1', apiHost: 'events.example:8080/v1' };

    expect(segmentSettings('key-1', 'events.example:8080')).toEqual({
      integrations: { 'Segment.io': endpoint, 'Customer.io Data Pipelines': endpoint },
      plan: {},
    });
  });
});

describe('rudderstackSettings', () => {
  it('describes an enabled source without destinations or statistics', () => {
    expect(rudderstackSettings('site', 'key-1', now)).toEqual({
      source: {
        id: 'site',
        name: 'site',
        writeKey: 'key-1',
        enabled: true,
        workspaceId: 'self-hosted',
        connections: [],
        destinations: [],
        dataplanes: {},
        config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
      },
      updatedAt: '2026-03-10T12:00:00.000Z',
    });
  });
});
