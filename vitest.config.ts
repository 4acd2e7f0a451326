import { defineConfig } from 'vitest/config';

// Loading the CDK takes seconds, the end-to-end run starts child processes, the browser tests start a Chromium as well:
// each has a project of its own. The last two wait for the others, since what they do takes its time on a busy machine.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/cdk/**', 'test/browser/*.test.ts', 'test/browser/support/**'],
          // Tests with generated inputs take their time on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'cdk',
          include: ['test/cdk/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // One process loads the CDK for all files.
          isolate: false,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 1 },
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          sequence: { groupOrder: 2 },
          include: ['test/browser/*.test.ts', 'test/browser/support/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
