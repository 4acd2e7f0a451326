import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { environments } from '../../config/environments.ts';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { everyOption, sources, synthesize, webAclArn } from './support/synthesized.ts';

const folder = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

const isInstalled = spawnSync('cfn-lint', ['--version']).status === 0;
const { production } = environments;

const settings: Readonly<Record<string, EnvironmentSettings>> = {
  ...environments,
  everyOption,
  firstStep: { ...everyOption, customerManagedKey: 'retiring', firewall: { requestsPerAddress: 1_000 } },
  elsewhere: { ...production, region: 'eu-west-1', firewall: { webAclArn, enforce: true } },
};

interface Finding {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path: readonly (string | number)[] };
}

/** Its schema is older than the tags of dashboards, and the CDK says twice that a function needs its role. */
const isKnown = ({ Rule, Location }: Finding): boolean =>
  Rule.Id === 'W3005' ||
  (Rule.Id === 'E3002' && Location.Path.includes('Tags') && /Dashboard/.test(Location.Path.join()));

// A package of Python's: checked where it is installed (pip install cfn-lint).
describe.skipIf(!isInstalled)('cfn-lint', () => {
  const lint = (name: string, template: object): readonly Finding[] => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(template));
    return JSON.parse(spawnSync('cfn-lint', ['--format', 'json', file], { encoding: 'utf8' }).stdout) as Finding[];
  };

  it.each(Object.entries(settings))('finds nothing new in %s', (name, each) => {
    const findings = lint(name, synthesize(each, { sources }).toJSON());

    expect(findings.filter((finding) => !isKnown(finding))).toEqual([]);
  });

  it('finds a queue with a property that SQS does not know', () => {
    const template = synthesize(production).toJSON() as { Resources: Record<string, object> };
    template.Resources['Wrong'] = { Type: 'AWS::SQS::Queue', Properties: { VisibilitySeconds: 30 } };

    expect(lint('wrong', template).filter((finding) => !isKnown(finding))).toHaveLength(1);
  });
});
