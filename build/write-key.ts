import { hash, randomBytes } from 'node:crypto';

/** `npm run write-key`: a new write key for a client library, and the hash of it for the configuration. */
const writeKey = randomBytes(24).toString('base64url');

console.log(`Write key  ${writeKey}`);
console.log(`Its hash   ${hash('sha256', writeKey)}`);
console.log(
  'Give the key to the client library and the hash to writeKeyHashes in config/. The key is not stored anywhere.',
);
