import { describe, expect, it } from 'vitest';
import { tokenSecretNames } from '../../cdk/token-secret-names.ts';
import { DestinationConfig } from '../../shared/config/config.ts';

const destination = (accessTokenSecret: string): DestinationConfig =>
  DestinationConfig.parse({
    datasetId: '1234567890123456',
    accessTokenSecret,
    mappings: [{ name: 'Purchase', action: 'purchase' }],
  });

describe('tokenSecretNames', () => {
  it('names a secret that destinations share once, in a stable order', () => {
    const destinations = { web: destination('b'), shop: destination('a'), stores: destination('b') };

    expect(tokenSecretNames({ destinations })).toEqual(['a', 'b']);
  });
});
