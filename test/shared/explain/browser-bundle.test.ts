import { resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { examples } from '../../../examples/examples.ts';
import type { ExplainedMapping } from '../../../shared/explain/explanation.ts';
import type { createTester } from '../../../shared/explain/tester.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import { now } from '../../support/factories.ts';
import { destinationOf } from './support.ts';

const root = resolve(import.meta.dirname, '../../..');

const bundled = await build({
  absWorkingDir: root,
  stdin: {
    contents: `
      export { createTester } from './shared/explain/tester.ts';
      export { explainEvent } from './shared/explain/explain-event.ts';
    `,
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  platform: 'browser',
  format: 'iife',
  globalName: 'explain',
  logLevel: 'silent',
});
const code = bundled.outputFiles[0]?.text ?? '';

/** As a page has it: the language and what is passed in, no Node. */
const page = createContext({ TextEncoder, URL });
const inPage = runInContext(`${code};({ ...explain, parse: JSON.parse })`, page) as {
  readonly createTester: typeof createTester;
  /** Makes objects of the page: a mapping is of plain ones. */
  readonly parse: typeof JSON.parse;
};

describe('explanations in a browser', () => {
  it('bundle without any module of Node', () => {
    const imports = Object.values(bundled.metafile.inputs).flatMap((input) => input.imports);

    expect(imports.filter(({ path, external }) => external || path.startsWith('node:'))).toEqual([]);
    expect(bundled.warnings).toEqual([]);
  });

  it('stay small enough for a page', () => {
    expect(code.length).toBeLessThan(400_000);
  });

  it.each(examples)('show the very bytes that are sent: $title', async ({ mapping, in: event }) => {
    const test = inPage.createTester({ sha256: (text) => bytesToHex(sha256(utf8ToBytes(text))) });
    const [planned] = planEvent(event, await destinationOf([mapping]), now);

    const { explained } = test(inPage.parse(JSON.stringify(mapping)), event, { now }) as {
      explained: ExplainedMapping;
    };

    expect(planned?.status).toBe('ready');
    expect(explained.outcome).toMatchObject({ json: planned?.status === 'ready' ? planned.json : '' });
  });
});
