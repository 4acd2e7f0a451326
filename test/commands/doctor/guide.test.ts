import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alarmChecks } from '../../../commands/doctor/alarm-checks.ts';
import { configurationChecks } from '../../../commands/doctor/configuration-checks.ts';
import { destinationChecks } from '../../../commands/doctor/destination-checks.ts';
import { queueChecks } from '../../../commands/doctor/queue-checks.ts';
import { tokenChecks } from '../../../commands/common/token-checks.ts';

const guide = readFileSync(new URL('../../../docs/doctor.md', import.meta.url), 'utf8');

describe('the guide to the doctor', () => {
  it('explains every check, in order', () => {
    const [, table = ''] = guide.split('| check | fails or warns when |');
    const explained = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);

    const checks = [...configurationChecks, ...queueChecks, ...alarmChecks, ...destinationChecks, ...tokenChecks];
    expect(explained).toEqual(checks.map(({ name }) => name));
  });
});
