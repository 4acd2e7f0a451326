import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** After `npm pack`: `package.json` as it was. */
const root = resolve(import.meta.dirname, '../..');
const kept = join(root, 'lib/package.json.source');
if (existsSync(kept)) writeFileSync(join(root, 'package.json'), readFileSync(kept));
rmSync(join(root, 'lib'), { recursive: true, force: true });
