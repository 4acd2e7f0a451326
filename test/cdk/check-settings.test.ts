import { describe, expect, it } from 'vitest';
import { checkSettings } from '../../cdk/constructs/check-settings.ts';
import { environments } from '../../config/environments.ts';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { domain, everyOption, webAclArn } from './support/synthesized.ts';

const { production } = environments;
const here = { region: 'eu-west-1', secrets: ['conversions/production/main'] };
const certificate = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/1`;
const local = { ...domain, certificateArn: certificate('eu-west-1') };

describe('checkSettings', () => {
  it.each<{ title: string; settings: EnvironmentSettings; region?: string }>([
    ...Object.entries(environments).map(([title, settings]) => ({ title, settings })),
    { title: 'every option', settings: everyOption, region: 'us-east-1' },
    { title: 'a domain', settings: { ...production, domain: local } },
    {
      title: 'a firewall with a certificate of its own',
      settings: { ...production, domain: local, firewall: { webAclArn, certificateArn: certificate('us-east-1') } },
    },
    { title: 'a rate of half requests', settings: { ...production, throttle: { ratePerSecond: 1.5, burst: 2 } } },
    {
      title: 'a zone as Route 53 writes it',
      settings: { ...production, domain: { ...local, hostedZone: { id: 'Z1', name: 'example.com.' } } },
    },
  ])('takes $title', ({ settings, region = 'eu-west-1' }) => {
    expect(() => checkSettings(settings, { ...here, region })).not.toThrow();
  });

  it.each<{ title: string; wrong: Partial<EnvironmentSettings>; path?: string; region?: string }>([
    {
      title: 'a large batch that has no time to fill',
      wrong: { deliver: { ...production.deliver, batchingWindowSeconds: 0 } },
    },
    { title: 'no time left to deliver in', wrong: { deliver: { ...production.deliver, timeoutSeconds: 44 } } },
    { title: 'one concurrent delivery', wrong: { deliver: { ...production.deliver, maxConcurrency: 1 } } },
    {
      title: 'more messages in flight than SQS allows',
      wrong: { deliver: { ...production.deliver, maxConcurrency: 1_000, batchSize: 10_000 } },
    },
    { title: 'an answer that API Gateway does not wait for', wrong: { ingest: { memoryMb: 512, timeoutSeconds: 30 } } },
    { title: 'half a megabyte of memory', wrong: { ingest: { memoryMb: 512.5, timeoutSeconds: 15 } } },
    { title: 'dead letters that go before the events', wrong: { deadLetterQueue: { retentionDays: 7 } } },
    { title: 'a promise of nothing', wrong: { freshnessSeconds: 0 } },
    { title: 'a retention that CloudWatch does not offer', wrong: { logRetentionDays: 42 } },
    { title: 'a canary that gets everything', wrong: { deployment: { canaryPercent: 100, canaryMinutes: 5 } } },
    { title: 'no requests', wrong: { throttle: { ratePerSecond: 0, burst: 0 } } },
    { title: 'half a request in a burst', wrong: { throttle: { ratePerSecond: 1.5, burst: 2.5 } } },
    {
      title: 'a topic in another region',
      wrong: { alarms: { topicArn: 'arn:aws:sns:us-east-1:123456789012:on-call' } },
    },
    { title: 'a topic that is none', wrong: { alarms: { topicArn: 'on-call' } } },
    {
      title: 'notices to another region',
      wrong: { alarms: { notices: { topicArn: 'arn:aws:sns:us-east-1:123456789012:on-call' } } },
      path: 'alarms.notices.topicArn',
    },
    { title: 'a certificate of another region', wrong: { domain }, path: 'domain.certificateArn' },
    {
      title: 'a certificate that CloudFront does not take',
      wrong: { domain: local, firewall: { webAclArn } },
      path: 'domain.certificateArn',
    },
    {
      title: 'a second certificate that CloudFront does not take',
      wrong: { domain: local, firewall: { webAclArn, certificateArn: certificate('eu-west-1') } },
      path: 'firewall.certificateArn',
    },
    {
      title: 'a certificate for no name',
      wrong: { firewall: { webAclArn, certificateArn: certificate('us-east-1') } },
      path: 'firewall.certificateArn',
    },
    {
      title: 'a zone of another name',
      wrong: { domain: { ...local, name: 'events.shop.de', hostedZone: { id: 'Z1', name: 'example.com' } } },
      path: 'domain.hostedZone.name',
    },
    {
      title: 'a zone that only ends alike',
      wrong: { domain: { ...local, name: 'notexample.com', hostedZone: { id: 'Z1', name: 'example.com' } } },
      path: 'domain.hostedZone.name',
    },
    {
      title: 'a name with a scheme',
      wrong: { domain: { ...local, name: 'https://events.example.com' } },
      path: 'domain.name',
    },
    {
      title: 'a web ACL of another scope',
      wrong: { firewall: { webAclArn: webAclArn.replace('global', 'regional') } },
    },
    { title: 'a firewall that lets nobody in', wrong: { firewall: { requestsPerAddress: 1 } }, region: 'us-east-1' },
    { title: 'a web ACL where none can be made', wrong: { firewall: { requestsPerAddress: 1_000 } } },
  ])(
    'refuses $title, and says what it may be',
    ({ wrong, path = Object.keys(wrong)[0] ?? '', region = 'eu-west-1' }) => {
      expect(() => checkSettings({ ...production, ...wrong }, { ...here, region })).toThrow(
        new RegExp(`cannot be built like this:\n  settings\\.${path.replaceAll('.', '\\.')}[.\\w]*: .{5}`),
      );
    },
  );

  it('refuses a web ACL in a region that is not known yet', () => {
    const settings = { ...production, firewall: { requestsPerAddress: 1_000 } };

    expect(() => checkSettings(settings, { ...here, region: undefined })).toThrow(/Set settings\.region to us-east-1/);
  });

  it.each([
    { title: 'a name that looks like the end of an ARN', secret: 'shop/meta-AbC123', says: /hyphen and six/ },
    { title: 'a name that Secrets Manager does not take', secret: 'shop meta', says: /letters, digits/ },
    {
      title: 'a secret of another region',
      secret: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/meta-AbC123',
      says: /in the region of the stack/,
    },
  ])('refuses $title', ({ secret, says }) => {
    expect(() => checkSettings(production, { ...here, secrets: [secret] })).toThrow(says);
  });

  it('names every problem at once', () => {
    const wrong = {
      ...production,
      freshnessSeconds: 0,
      logRetentionDays: 42,
      eventsQueue: { retentionDays: 15, maxReceiveCount: 0 },
      domain,
    };

    expect(() => checkSettings(wrong, { region: 'eu-west-1', secrets: ['a b'] })).toThrow(
      /eventsQueue\.retentionDays(.|\n)*maxReceiveCount(.|\n)*logRetentionDays(.|\n)*certificateArn(.|\n)*accessTokenSecret/,
    );
  });
});
