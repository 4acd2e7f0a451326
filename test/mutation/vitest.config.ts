import { defineConfig } from 'vitest/config';

/** The unit tests of `shared/` alone: what a mutant of the domain must not survive. */
export default defineConfig({
  test: {
    include: ['test/shared/**/*.test.ts', 'test/examples/**/*.test.ts'],
    exclude: ['test/shared/explain/browser-bundle.test.ts'],
    testTimeout: 30_000,
  },
});
