import { basename, dirname } from 'node:path';
import type { Plugin } from 'esbuild';

/** The schema of a configuration: functions check one only where `CONFIG_FILE` names another than the build wrote. */
export const configCheck = { source: 'shared/config/config.ts', file: 'config-check.mjs' } as const;

/**
 * Leaves the schema of a configuration to a file of its own that shares nothing with the functions. esbuild would put what
 * both use of zod into one chunk, and each cold start would read what only the schema needs: 50 KiB.
 */
export const configCheckApart: Plugin = {
  name: 'config-check-apart',
  setup(build) {
    build.onResolve({ filter: /\/config\/config\.ts$/ }, ({ kind, importer }) =>
      kind === 'dynamic-import' && basename(dirname(importer)) === 'functions'
        ? { path: `./${configCheck.file}`, external: true }
        : undefined,
    );
  },
};
