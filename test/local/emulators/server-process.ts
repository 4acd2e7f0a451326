import { startAwsServer } from '../../../local/emulators/aws/aws-server.ts';

// Run as a process of its own, so that it can be killed: prints its URL and serves until then.
const server = await startAwsServer({ journalFile: process.argv[2] });
process.stdout.write(`${server.url}\n`);
