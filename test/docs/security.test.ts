import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environments } from '../../config/environments.ts';
import packageJson from '../../package.json' with { type: 'json' };
import packageLock from '../../package-lock.json' with { type: 'json' };
import { segmentLimits } from '../../shared/segment/limits.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/security.md'), 'utf8');
const { development, staging, production } = environments;

const runtimePackages = Object.entries(packageLock.packages).filter(
  ([path, entry]) => path !== '' && !('dev' in entry) && !('optional' in entry),
);

describe('docs/security.md', () => {
  it('says how many packages run', () => {
    const named = Object.keys(packageJson.dependencies).length;

    expect(page).toContain(`- ${runtimePackages.length} packages run in production`);
    expect(page).toContain(`${named} of them are named in \`package.json\``);
    expect(
      runtimePackages.filter(([, entry]) => !('integrity' in entry) || !entry.integrity.startsWith('sha512-')),
    ).toEqual([]);
    expect(runtimePackages.filter(([, entry]) => 'hasInstallScript' in entry)).toEqual([]);
  });

  it('says how long things are kept', () => {
    expect(new Set(Object.values(environments).map(({ eventsQueue }) => eventsQueue.retentionDays))).toEqual(
      new Set([14]),
    );
    expect(new Set(Object.values(environments).map(({ deadLetterQueue }) => deadLetterQueue.retentionDays))).toEqual(
      new Set([14]),
    );
    expect(page).toContain('| seconds; at most 14 days |');
    expect(page).toContain('| the event, the reason | 14 days |');
    expect(page).toContain(
      `| ${development.logRetentionDays} days, staging ${staging.logRetentionDays}, production ${production.logRetentionDays} |`,
    );
  });

  it('says how large a request may be', () => {
    const { bodyBytes, eventBytes, eventDepth, eventsPerBatch } = segmentLimits;

    expect(page).toContain(
      `${bodyBytes / 1024} KB before and after inflating, ${eventBytes / 1024} KB an event, ${eventDepth} levels, ${eventsPerBatch.toLocaleString('en')} events`,
    );
  });
});
