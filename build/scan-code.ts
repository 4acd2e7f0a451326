import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** `npm run scan-code`: compiles the scanner of JSON, after scan.as.ts was changed. Its compiler is fetched for that alone. */
const compiler = 'assemblyscript@0.28.20';
const root = resolve(import.meta.dirname, '..');
const source = 'shared/lib/json/reader/scan.as.ts';
const folder = mkdtempSync(join(tmpdir(), 'scan-code-'));
try {
  const output = join(folder, 'scan.wasm');
  const options = ['-O2', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noAssert', '--outFile', output];
  execFileSync('npx', ['--yes', '--package', compiler, 'asc', source, ...options], { cwd: root, stdio: 'inherit' });
  const code = readFileSync(output, 'base64');
  const sourceHash = hash('sha256', readFileSync(resolve(root, source)));
  const target = resolve(root, 'shared/lib/json/reader/scan-code.ts');
  writeFileSync(
    target,
    `// Made of scan.as.ts by \`npm run scan-code\`, with ${compiler}.\n\n` +
      `/** SHA-256 of the source, so that a test sees when the two have drifted apart. */\nexport const sourceHash = '${sourceHash}';\n\n` +
      `/** WebAssembly, in Base64. */\nexport const scanCode =\n  '${code}';\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
