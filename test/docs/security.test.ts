import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environments } from '../../config/environments.ts';
import packageJson from '../../package.json' with { type: 'json' };
import packageLock from '../../package-lock.json' with { type: 'json' };
import { segmentLimits } from '../../shared/segment/limits.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/security.md'), 'utf8');
const { development, staging, production } = environments;

const packages = Object.entries(packageLock.packages).filter(([path]) => path !== '');
const runtimePackages = packages.filter(([, entry]) => !('dev' in entry) && !('optional' in entry));

describe('docs/security.md', () => {
  it('says how many packages run', () => {
    const named = Object.keys(packageJson.dependencies).length;

    expect(page).toContain(`${runtimePackages.length} packages, of which \`package.json\` names ${named};`);
    expect(page).toContain(`None of the ${runtimePackages.length} has an installation script.`);
    expect(runtimePackages.filter(([, entry]) => 'hasInstallScript' in entry)).toEqual([]);
  });

  it('says how packages are pinned, and which of them run a script when they are installed', () => {
    const scripts = packages.filter(([, entry]) => 'hasInstallScript' in entry).map(([path]) => path);
    // What a package brings inside itself comes under that one's digest.
    const fetched = packages.filter(([, entry]) => !('inBundle' in entry));

    expect(fetched.filter(([, entry]) => !('integrity' in entry && entry.integrity.startsWith('sha512-')))).toEqual([]);
    expect(scripts).toEqual(['node_modules/esbuild', 'node_modules/msgpackr-extract', 'node_modules/rudder-sdk-js']);
    expect(page).toContain('Three have an\n  installation script. That of `esbuild`');
    expect(page).toContain('That of `msgpackr-extract`');
    expect(page).toContain('That of `rudder-sdk-js`');
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
      `${bodyBytes / 1024 / 1024} MB before and after inflating, ${eventBytes / 1024} KB an event, ${eventDepth} levels, ${eventsPerBatch.toLocaleString('en')} events`,
    );
  });
});
