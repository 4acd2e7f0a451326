import { describe, expect, it } from 'vitest';
import { keptVersions, tidyVersions } from '../../../commands/rollback/tidy-versions.ts';
import type { DeployedFunction } from '../../../commands/rollback/versions.ts';

const fn = (count: number, more: Partial<DeployedFunction> = {}): DeployedFunction => ({
  ...{ role: 'deliver', name: 'deliver-A1B2', live: count, shifting: false },
  versions: Array.from({ length: count }, (_, index) => ({ number: index + 1, publishedAt: new Date(index) })),
  ...more,
});

async function tidy(functions: readonly DeployedFunction[], refusal?: Error) {
  const forgotten: number[] = [];
  const lines = await tidyVersions({
    find: async () => functions,
    forget: async (_, version) => {
      if (refusal !== undefined && forgotten.length > 0) throw refusal;
      forgotten.push(version);
    },
  });
  return { forgotten, lines };
}

// aws/aws-cdk#21998, aws/serverless-application-model#2719, aws-actions/aws-lambda-deploy#34: versions that are kept for ever fill up
// what Lambda stores for an account.
describe('versions after a deployment', () => {
  it.each<[string, DeployedFunction, readonly number[]]>([
    ['few', fn(keptVersions), []],
    ['more', fn(keptVersions + 2), [1, 2]],
    ['more, turned back to an old one, which stays with the one before it', fn(9, { live: 3 }), [1, 4]],
    ['more, turned back to the oldest', fn(9, { live: 1 }), [2, 3, 4]],
    ['more, while traffic moves', fn(9, { shifting: true }), []],
    ['none', fn(0), []],
  ])('%s', async (_, given, forgotten) => {
    expect((await tidy([given])).forgotten).toEqual(forgotten);
  });

  it('are named once they are removed', async () => {
    expect((await tidy([fn(7), fn(3, { role: 'ingest' })])).lines).toEqual(['deliver: removed version 1, 2']);
  });

  // turnerlabs/udeploy#38: Lambda refuses to delete a version that another alias points to.
  it('are removed around one that somebody else points to', async () => {
    const forgotten: number[] = [];
    const lines = await tidyVersions({
      find: async () => [fn(8)],
      forget: async (_, version) => {
        if (version === 2) throw Object.assign(new Error('in use'), { name: 'ResourceConflictException' });
        forgotten.push(version);
      },
    });

    expect({ forgotten, lines }).toEqual({ forgotten: [1, 3], lines: ['deliver: removed version 1, 3'] });
  });

  it('stay where AWS refuses, which is said and nothing more', async () => {
    const refusal = Object.assign(new Error('User is not authorized'), { name: 'AccessDeniedException' });

    expect((await tidy([fn(9)], refusal)).lines).toEqual([
      'Old versions could not be removed (AccessDeniedException); the deployment is not touched by it.',
      expect.stringContaining('DeleteFunction'),
    ]);
  });
});
