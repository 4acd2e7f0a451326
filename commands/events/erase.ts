import { defineCommand } from '../kit/define-command.ts';
import { eraseOptions } from './erase-options.ts';

export const erase = defineCommand({
  name: 'events erase',
  summary: 'removes a person from the record, the dead letters and what waits, asks again, and prints a certificate',
  page: 'docs/record.md',
  examples: [
    'npm run events -- erase --user-id user-4711 --email jane@example.com --yes',
    'npm run events -- erase --email jane@example.com --env production',
  ],
  options: eraseOptions,
  endsByItself: true,
  // Loaded for who erases: questions to the record need no clients.
  run: async (options, effects) => (await import('./run-erase.ts')).runErase(options, effects),
  print({ certificate, deployment, erasedAt, record, deadLetters, waiting, notSeen, found, complete }, { out }) {
    out(`Certificate of erasure ${certificate}`);
    out(`  deployment       ${deployment}`);
    out(`  at               ${erasedAt}`);
    out(`  record           ${record.receipts} receipts of ${record.events} events in ${record.files} files`);
    out(`  dead letters     ${deadLetters.events} events in ${deadLetters.messages} messages`);
    out(`  waiting          ${waiting.events} events in ${waiting.messages} messages`);
    out(`  asked again      ${found} events found`);
    if (complete) out('The person is in none of them any more.');
    if (notSeen > 0) {
      out(
        `${notSeen} messages are under way or wait for their next try. Run this again in 15 minutes, or with --wait 1000.`,
      );
    }
  },
});
