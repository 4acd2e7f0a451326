import { describe, expect, it } from 'vitest';
import { fromConfiguration } from '../../cdk/from-configuration.ts';
import { defineConfig } from '../../shared/config/define-config.ts';
import { ecommerceMappings } from '../../shared/meta/presets/ecommerce-mappings.ts';

const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shared/meta-AbCdEf';
const destination = (accessTokenSecret: string, deliverAfterSeconds = 0) => ({
  datasetId: '1234567890123456',
  accessTokenSecret,
  deliverAfterSeconds,
  mappings: ecommerceMappings({ actionSource: 'website' }),
});
const configuration = defineConfig({
  sources: {
    shop: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'], expectsTraffic: { withinHours: 6 } },
    till: { writeKeyHashes: ['b'.repeat(64)], destinations: ['main', 'second'] },
  },
  destinations: { main: destination('shop/meta', 120), second: { ...destination(arn, 300), datasetId: '2' } },
});

describe('fromConfiguration', () => {
  const facts = fromConfiguration(configuration);

  it('names the secret of each destination, by its name or ARN', () => {
    expect(facts.tokenSecrets).toEqual({ main: 'shop/meta', second: arn });
  });

  it('hands on what sources promise', () => {
    expect(facts.sources).toMatchObject({ shop: { expectsTraffic: { withinHours: 6 } }, till: {} });
  });

  it('finds the longest wait that is meant', () => {
    expect(facts.deliverAfterSeconds).toBe(300);
  });
});

describe('a secret that is neither a name nor the ARN of a secret', () => {
  it.each(['arn:aws:s3:::bucket', 'a name', 'arn:aws:secretsmanager:eu-west-1:1:secret:x', ''])(
    'is refused: %j',
    (secret) => {
      expect(() =>
        defineConfig({ ...configuration, destinations: { main: destination(secret), second: destination(arn) } }),
      ).toThrow('accessTokenSecret');
    },
  );
});
