import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { withGeneratedTables } from './generated-tables.ts';

// Brings the generated tables of the mapping guide up to date.
const file = resolve(import.meta.dirname, '../mapping.md');
writeFileSync(file, withGeneratedTables(readFileSync(file, 'utf8')));
