import { describe, expect, it } from 'vitest';
import { tokenSecrets } from '../../cdk/token-secrets.ts';
import { DestinationConfig } from '../../shared/config/config.ts';

const destination = (accessTokenSecret: string): DestinationConfig =>
  DestinationConfig.parse({
    datasetId: '1234567890123456',
    accessTokenSecret,
    mappings: [{ name: 'Purchase', action: 'purchase', fields: { action_source: 'website' } }],
  });

describe('tokenSecrets', () => {
  it('names the secret of each destination', () => {
    const destinations = { web: destination('b'), shop: destination('a'), stores: destination('b') };

    expect(tokenSecrets({ destinations })).toEqual({ web: 'b', shop: 'a', stores: 'b' });
  });
});
