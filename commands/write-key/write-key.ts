import { hash, randomBytes } from 'node:crypto';
import { defineCommand } from '../kit/define-command.ts';

export const writeKey = defineCommand({
  name: 'write-key',
  summary: 'Makes a write key for a client library, and the hash of it for the configuration. Neither is stored.',
  page: 'docs/deploy.md',
  examples: ['npm run write-key'],
  options: {},
  async run() {
    const key = randomBytes(24).toString('base64url');
    return { result: { writeKey: key, hash: hash('sha256', key) } };
  },
  print({ writeKey: key, hash: digest }, { out }) {
    out(`Write key  ${key}`);
    out(`Its hash   ${digest}`);
    out(
      'Give the key to the client library and the hash to writeKeyHashes in config/. The key is not stored anywhere.',
    );
  },
});
