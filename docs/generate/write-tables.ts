import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { clientTables } from './client-table.ts';
import { fieldTypes } from './field-types.ts';
import { generatedTables, withGeneratedTables } from './generated-tables.ts';
import { graphStandInTables } from './graph-stand-in-tables.ts';
import { reasonTables } from './reason-tables.ts';

// Brings the generated tables of the guides, and the types of the fields, up to date.
for (const [name, tables] of [
  ['clients.md', clientTables],
  ['mapping.md', generatedTables],
  ['graph-stand-in.md', graphStandInTables],
  ['reasons.md', reasonTables],
] as const) {
  const file = resolve(import.meta.dirname, '..', name);
  writeFileSync(file, withGeneratedTables(readFileSync(file, 'utf8'), tables));
}

const typesFile = resolve(import.meta.dirname, '../../shared/meta/actions/field-types.ts');
writeFileSync(typesFile, fieldTypes());
execFileSync('npx', ['biome', 'format', '--write', typesFile], { stdio: 'inherit' });
