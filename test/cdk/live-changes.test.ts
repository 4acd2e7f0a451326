import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { describe, expect, it } from 'vitest';
import { environments } from '../../config/environments.ts';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { domain, sources, synthesize, webAclArn } from './support/synthesized.ts';
import type { TemplateJson } from './support/template.ts';

const production: EnvironmentSettings = { ...environments.production, region: 'us-east-1' };
const zoned = { ...domain, hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'example.com' } };

/** Stacks that may be live, each of which may become any other. */
const settings: Readonly<Record<string, EnvironmentSettings>> = {
  plain: production,
  'all at once': { ...production, deployment: 'all-at-once' },
  key: { ...production, customerManagedKey: true },
  'retiring key': { ...production, customerManagedKey: 'retiring' },
  tracing: { ...production, tracing: true },
  domain: { ...production, domain },
  'domain in a zone': { ...production, domain: zoned },
  'only a domain': { ...production, domain: { ...zoned, onlyAddress: true } },
  'firewall of one’s own': { ...production, firewall: { webAclArn } },
  'firewall, enforced': { ...production, firewall: { webAclArn, enforce: true } },
  'firewall before a domain': { ...production, domain: zoned, firewall: { requestsPerAddress: 1_000 } },
  'firewall before a domain, enforced': {
    ...production,
    domain: zoned,
    firewall: { requestsPerAddress: 1_000, enforce: true, block: true },
  },
  'topic of one’s own': { ...production, alarms: { topicArn: 'arn:aws:sns:us-east-1:123456789012:on-call' } },
  'existing secret': { ...production, existingSecrets: { 'conversions/production/main': {} } },
  smaller: { ...production, ingest: { memoryMb: 256, timeoutSeconds: 5 }, logRetentionDays: 7 },
};

const templates = Object.entries(settings).map(([name, each]) => ({
  name,
  template: synthesize(each, { sources: name === 'smaller' ? sources : {} }).toJSON() as TemplateJson,
}));
const pairs = templates.flatMap((from) => templates.filter((to) => to !== from).map((to) => ({ from, to })));

const holdsData = ['AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::Logs::LogGroup', 'AWS::KMS::Key'];

const connected = ['AWS::ApiGatewayV2::Api', 'AWS::Lambda::Function', 'AWS::Lambda::Alias'];

const watched = ({ Resources }: TemplateJson): TemplateJson => ({
  Resources: Object.fromEntries(
    Object.entries(Resources).filter(([, { Type }]) => holdsData.includes(Type) || connected.includes(Type)),
  ),
});

/** Functions of an option come and go with it. */
const isLoss = (impact: ResourceImpact, type = ''): boolean =>
  impact === ResourceImpact.WILL_REPLACE ||
  impact === ResourceImpact.MAY_REPLACE ||
  (impact === ResourceImpact.WILL_DESTROY && holdsData.includes(type));

/** Name of a resource that AWS lets exist only once. */
function uniqueName({ Type, Properties }: TemplateJson['Resources'][string]): string | undefined {
  switch (Type) {
    case 'AWS::Route53::RecordSet':
      return `${Properties.Name} ${Properties.Type}`;
    case 'AWS::CloudWatch::Alarm':
      return Properties.AlarmName;
    case 'AWS::CloudWatch::Dashboard':
      return JSON.stringify(Properties.DashboardName);
    case 'AWS::SQS::Queue':
      return Properties.QueueName;
    case 'AWS::SecretsManager::Secret':
      return Properties.Name;
    case 'AWS::ApiGatewayV2::DomainName':
      return Properties.DomainName;
    case 'AWS::Lambda::Alias':
      return `${JSON.stringify(Properties.FunctionName)} ${Properties.Name}`;
    default:
      return undefined;
  }
}

const namesOf = ({ Resources }: TemplateJson): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(Resources).flatMap(([id, each]) => {
      const name = uniqueName(each);
      return name === undefined ? [] : [[`${each.Type} ${name}`, id]];
    }),
  );

describe.each(pairs)('a live stack with $from.name that becomes one with $to.name', ({ from, to }) => {
  // CloudFormation makes what is new before it takes away what is old: aws/aws-cdk#12564.
  it('has no name twice on the way', () => {
    const before = namesOf(from.template);

    const twice = [...namesOf(to.template)].filter(([name, id]) => before.has(name) && before.get(name) !== id);

    expect(twice).toEqual([]);
  });

  it('replaces nothing that holds data or that clients and queues are connected to, and destroys no data', () => {
    const lost: string[] = [];
    fullDiff(watched(from.template), watched(to.template)).resources.forEachDifference(
      (id, { changeImpact: impact }) => {
        if (isLoss(impact, from.template.Resources[id]?.Type)) lost.push(`${id}: ${impact}`);
      },
    );

    expect(lost).toEqual([]);
  });
});

it('a queue of another name is noticed', () => {
  const [live] = templates;
  const changed = structuredClone(live?.template ?? { Resources: {} });
  for (const each of Object.values(changed.Resources)) {
    if (each.Type === 'AWS::SQS::Queue') each.Properties.QueueName += '-2';
  }

  const impacts: string[] = [];
  fullDiff(live?.template ?? {}, changed).resources.forEachDifference((id, { changeImpact: impact }) => {
    if (isLoss(impact, 'AWS::SQS::Queue')) impacts.push(id);
  });

  expect(impacts.filter((id) => id.includes('Queue'))).toHaveLength(2);
});
