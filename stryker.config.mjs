// Mutation tests of the domain: `MUTATE_ROOM=fql npm run mutate` for one room and its own tests, without it for all (hours).
const room = process.env.MUTATE_ROOM;

export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  // AssemblyScript is not TypeScript, and what runs is its compiled form.
  mutate: [
    room === undefined ? 'shared/**/*.ts' : `shared/${room}/**/*.ts`,
    '!shared/**/*-aliases.ts',
    '!shared/**/*.as.ts',
  ],
  // Mutants of module constants would be tried with every test there is; they are covered by the tables' own tests.
  ignoreStatic: true,
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'test-output/mutation.json' },
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  // TypeScript 7 has no interface for rewriting its configuration, and the sandbox needs none.
  tsconfigFile: 'none',
  concurrency: 2,
  timeoutMS: 20_000,
  tempDirName: 'test-output/mutation',
  cleanTempDir: 'always',
};
