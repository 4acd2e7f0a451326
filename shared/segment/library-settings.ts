import { pixelTwinName } from '../config/integration-names.ts';

/**
 * Settings that Segment's and Customer.io's browser libraries ask for on start when their `cdnURL` points here.
 *
 * @param host name and port of this endpoint: the library sends its events to `HOST/v1`
 * @param program of the pages' twin; the library itself takes an integration without a type for none
 */
export function segmentSettings(writeKey: string, host: string, program?: unknown): unknown {
  const endpoint = { apiKey: writeKey, apiHost: `${host}/v1` };
  return {
    integrations: {
      'Segment.io': endpoint,
      'Customer.io Data Pipelines': endpoint,
      ...(program !== undefined && { [pixelTwinName]: { program } }),
    },
    plan: {},
  };
}

/** Settings that RudderStack's browser library asks for on start when its `configUrl` points here. */
export function rudderstackSettings(source: string, writeKey: string, now: Date, program?: unknown): unknown {
  return {
    source: {
      id: source,
      name: source,
      writeKey,
      enabled: true,
      workspaceId: 'self-hosted',
      connections: [],
      destinations: [],
      dataplanes: {},
      config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
    },
    updatedAt: now.toISOString(),
    ...(program !== undefined && { integrations: { [pixelTwinName]: { program } } }),
  };
}
