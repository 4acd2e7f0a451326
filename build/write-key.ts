import { hash, randomBytes } from 'node:crypto';
import { takeNoOptions } from './without-options.ts';

/** `npm run write-key`: a new write key for a client library, and the hash of it for the configuration. */
takeNoOptions('npm run write-key: makes a write key and its hash, see docs/deploy.md');

const writeKey = randomBytes(24).toString('base64url');

console.log(`Write key  ${writeKey}`);
console.log(`Its hash   ${hash('sha256', writeKey)}`);
console.log(
  'Give the key to the client library and the hash to writeKeyHashes in config/. The key is not stored anywhere.',
);
