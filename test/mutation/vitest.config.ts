import { defineConfig } from 'vitest/config';

const room = process.env['MUTATE_ROOM'];

/** The unit tests of `shared/`, or of one room of it: what a mutant of the domain must not survive. */
export default defineConfig({
  test: {
    include:
      room === undefined
        ? ['test/shared/**/*.test.ts', 'test/examples/**/*.test.ts']
        : [`test/shared/${room}/**/*.test.ts`],
    exclude: ['test/shared/explain/browser-bundle.test.ts'],
    // Beside a run of mutants a week of generated journeys takes its time.
    testTimeout: 120_000,
  },
});
