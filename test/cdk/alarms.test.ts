import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environments } from '../../config/environments.ts';
import { type AlarmJson, type Minutes, periodOf, statesOf } from './support/alarm-states.ts';
import { resource, resourcesOf } from './support/settings-from-template.ts';
import { domain, everyOption, sources, synthesize, withWebhook } from './support/synthesized.ts';

const { production } = environments;

const alarmsOf = (template: ReturnType<typeof synthesize>): ReadonlyMap<string, AlarmJson> =>
  new Map(
    resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => {
      const alarm = Properties as unknown as AlarmJson;
      return [alarm.AlarmName.replace(/^ConversionsPipeline-production-Pipeline-[0-9A-F]{8}-/, ''), alarm];
    }),
  );

const template = synthesize(production);
const plain = alarmsOf(template);
const all = alarmsOf(synthesize(everyOption, { sources, deliverAfterSeconds: 300 }));
const withCounts = alarmsOf(synthesize(withWebhook, { sources, deliverAfterSeconds: 300 }));
const found = (name: string): AlarmJson => {
  const alarm = plain.get(name) ?? withCounts.get(name);
  if (alarm === undefined) throw new Error(`no alarm is named ${name}`);
  return alarm;
};

type Values = Readonly<Record<string, number | readonly number[] | undefined>>;

/** One alarm, and the minute-by-minute values of what it reads: everyday ones, and those it is there for. */
interface Row {
  readonly name: string;
  readonly severity: 'urgent' | 'notice' | 'canary';
  readonly everyday: Values;
  readonly fault: Values;
  /** Minutes of the fault until it rings. */
  readonly afterMinutes: number;
  /** Shorter than that, or as bad for a moment: what it must bear. */
  readonly bears?: { readonly what: string; readonly values: Values; readonly minutes: number };
}

const rows: readonly Row[] = [
  {
    name: 'QueueAge',
    severity: 'urgent',
    everyday: { ApproximateAgeOfOldestMessage: 30 },
    fault: { ApproximateAgeOfOldestMessage: 601 },
    afterMinutes: 5,
  },
  {
    name: 'DeadLetters',
    severity: 'notice',
    everyday: { ApproximateNumberOfMessagesVisible: 0 },
    fault: { ApproximateNumberOfMessagesVisible: 1 },
    afterMinutes: 5,
  },
  {
    name: 'DeadLettersExpire',
    severity: 'notice',
    everyday: { ApproximateAgeOfOldestMessage: 9 * 86_400 },
    fault: { ApproximateAgeOfOldestMessage: 10 * 86_400 + 1 },
    afterMinutes: 5,
  },
  {
    name: 'EventsDead',
    severity: 'notice',
    everyday: { EventsDead: undefined },
    fault: { EventsDead: 1 },
    afterMinutes: 5,
  },
  {
    name: 'ManyEventsDead',
    severity: 'urgent',
    everyday: { EventsDead: undefined, EventsOwed: 1_000 },
    fault: { EventsDead: 60, EventsOwed: 1_000 },
    afterMinutes: 5,
    bears: { what: 'a few of very few', values: { EventsDead: 3, EventsOwed: 5 }, minutes: 30 },
  },
  {
    name: 'WaitingAge',
    severity: 'urgent',
    everyday: { WaitingAge: undefined },
    fault: { WaitingAge: 601 },
    afterMinutes: 5,
  },
  {
    name: 'BalanceGap',
    severity: 'urgent',
    everyday: { BalanceGap: undefined },
    fault: { BalanceGap: 1 },
    afterMinutes: 1,
  },
  {
    name: 'DestinationHeld',
    severity: 'urgent',
    everyday: { DestinationsHeld: undefined },
    fault: { DestinationsHeld: 1 },
    afterMinutes: 5,
  },
  {
    name: 'TokenRefused',
    severity: 'urgent',
    everyday: { TokensRefused: undefined },
    fault: { TokensRefused: 1 },
    afterMinutes: 5,
  },
  {
    name: 'EventsNotReceived',
    severity: 'notice',
    everyday: { EventsNotReceived: undefined },
    fault: { EventsNotReceived: 1 },
    afterMinutes: 5,
  },
  {
    name: 'ThrottledByMeta',
    severity: 'notice',
    everyday: { RequestsThrottled: undefined },
    fault: { RequestsThrottled: 1 },
    afterMinutes: 15,
    bears: { what: 'ten minutes of it', values: { RequestsThrottled: 50 }, minutes: 10 },
  },
  {
    name: 'DeliverErrors',
    severity: 'urgent',
    everyday: { Errors: 0 },
    fault: { Errors: 1 },
    afterMinutes: 10,
    bears: { what: 'one failed invocation', values: { Errors: 1 }, minutes: 1 },
  },
  {
    name: 'DeliverThrottles',
    severity: 'notice',
    everyday: { Throttles: 0 },
    fault: { Throttles: 1 },
    afterMinutes: 10,
    bears: { what: 'a burst', values: { Throttles: 20 }, minutes: 5 },
  },
  {
    name: 'DeliverSlow',
    severity: 'notice',
    everyday: { Duration: [600, 900, 12_000] },
    fault: { Duration: [600, 900, 48_001] },
    afterMinutes: 15,
    bears: { what: 'ten slow minutes', values: { Duration: 59_000 }, minutes: 10 },
  },
  {
    name: 'DeliverSilent',
    severity: 'urgent',
    everyday: { Invocations: 3, EventsOwed: [10, 0, 20] },
    fault: { Invocations: 3, EventsOwed: undefined },
    afterMinutes: 30,
    bears: { what: 'no traffic', values: { Invocations: undefined, EventsOwed: undefined }, minutes: 120 },
  },
  {
    name: 'GraphVersionEnds',
    severity: 'notice',
    everyday: { GraphVersionDaysLeft: 61 },
    fault: { GraphVersionDaysLeft: 59 },
    afterMinutes: 60,
  },
  {
    name: 'GraphVersionWarnings',
    severity: 'notice',
    everyday: { GraphVersionWarnings: undefined },
    fault: { GraphVersionWarnings: 1 },
    afterMinutes: 60,
  },
  {
    name: 'ReceiptsMissed',
    severity: 'notice',
    everyday: { ReceiptsMissed: undefined },
    fault: { ReceiptsMissed: 12 },
    afterMinutes: 15,
    bears: { what: 'a container that ended', values: { ReceiptsMissed: 300 }, minutes: 5 },
  },
  {
    name: 'EventNamesFell',
    severity: 'urgent',
    everyday: { EventNamesFell: undefined },
    fault: { EventNamesFell: 1 },
    afterMinutes: 5,
  },
  {
    name: 'EventNamesGrew',
    severity: 'notice',
    everyday: { EventNamesGrew: undefined },
    fault: { EventNamesGrew: 2 },
    afterMinutes: 5,
  },
  {
    name: 'CountsNotCompared',
    severity: 'notice',
    everyday: { Errors: 0 },
    fault: { Errors: 3 },
    afterMinutes: 180,
    bears: { what: 'a failure that the next try mends', values: { Errors: 1 }, minutes: 60 },
  },
  {
    name: 'RequestsRefused',
    severity: 'urgent',
    everyday: { Count: 1_000, AnswersRefused: 2 },
    fault: { Count: 10, AnswersRefused: 10 },
    afterMinutes: 15,
    bears: { what: 'scanners in a quiet night', values: { Count: 3, AnswersRefused: 1 }, minutes: 120 },
  },
  {
    name: 'ApiThrottled',
    severity: 'urgent',
    everyday: { RequestsOverLimit: undefined },
    fault: { RequestsOverLimit: 1 },
    afterMinutes: 10,
    bears: { what: 'a burst', values: { RequestsOverLimit: 100 }, minutes: 5 },
  },
  {
    name: 'IngestServerErrors',
    severity: 'urgent',
    everyday: { '5xx': 0, Count: 100 },
    fault: { '5xx': 10, Count: 100 },
    afterMinutes: 3,
    bears: { what: 'a failure a minute in a quiet night', values: { '5xx': 1, Count: 1 }, minutes: 60 },
  },
  {
    name: 'IngestErrors',
    severity: 'urgent',
    everyday: { Errors: 0 },
    fault: { Errors: 1 },
    afterMinutes: 10,
    bears: { what: 'one failed invocation', values: { Errors: 1 }, minutes: 1 },
  },
  {
    name: 'IngestThrottles',
    severity: 'urgent',
    everyday: { Throttles: 0 },
    fault: { Throttles: 1 },
    afterMinutes: 10,
    bears: { what: 'a burst', values: { Throttles: 20 }, minutes: 5 },
  },
  {
    name: 'EventsRejected',
    severity: 'notice',
    everyday: { EventsAccepted: 1_000, EventsRejected: 3 },
    fault: { EventsAccepted: 0, EventsRejected: 5 },
    afterMinutes: 10,
    bears: { what: 'one bad event of few', values: { EventsAccepted: 1, EventsRejected: 1 }, minutes: 60 },
  },
  {
    name: 'SourceSilent-shop',
    severity: 'urgent',
    everyday: { EventsAccepted: 2 },
    fault: { EventsAccepted: undefined },
    afterMinutes: 6 * 60,
    bears: { what: 'five hours of nothing', values: { EventsAccepted: 0 }, minutes: 5 * 60 },
  },
  {
    name: 'CloudFrontErrors',
    severity: 'urgent',
    everyday: { '5xxErrorRate': 0, Requests: 100 },
    fault: { '5xxErrorRate': 2, Requests: 100 },
    afterMinutes: 3,
    bears: { what: 'one failure of three requests', values: { '5xxErrorRate': 33, Requests: 3 }, minutes: 60 },
  },
  {
    name: 'FirewallBlocks',
    severity: 'notice',
    everyday: { BlockedRequests: undefined, AllowedRequests: 1_000 },
    fault: { BlockedRequests: 100, AllowedRequests: undefined },
    afterMinutes: 15,
    bears: { what: 'an attack of ten minutes', values: { BlockedRequests: 1_000, AllowedRequests: 10 }, minutes: 10 },
  },
  {
    name: 'IngestErrorsCanary',
    severity: 'canary',
    everyday: { Errors: 0 },
    fault: { Errors: 1 },
    afterMinutes: 1,
  },
  {
    name: 'IngestServerErrorsCanary',
    severity: 'canary',
    everyday: { '5xx': 0, Count: 50 },
    fault: { '5xx': 1, Count: 50 },
    afterMinutes: 1,
  },
  {
    name: 'RequestsRefusedCanary',
    severity: 'canary',
    everyday: { AnswersRefused: 2, Count: 100 },
    // All of the tenth that the new version gets.
    fault: { AnswersRefused: 10, Count: 100 },
    afterMinutes: 2,
    bears: { what: 'one minute of it', values: { AnswersRefused: 50, Count: 100 }, minutes: 1 },
  },
  {
    name: 'DeliverErrorsCanary',
    severity: 'canary',
    everyday: { Errors: 0 },
    fault: { Errors: 1 },
    afterMinutes: 1,
  },
];

const repeated = (phases: readonly (readonly [Values, number])[]): Minutes => {
  const names = [...new Set(phases.flatMap(([values]) => Object.keys(values)))];
  return Object.fromEntries(
    names.map((name) => [
      name,
      phases.flatMap(([values, minutes]) => Array.from({ length: minutes }, () => values[name])),
    ]),
  );
};

describe('alarms', () => {
  it.each(rows)(
    '$name rings for its fault, after $afterMinutes minutes of it, and is over when the fault is',
    (row) => {
      const alarm = found(row.name);
      const periodMinutes = periodOf(alarm) / 60;
      const looksBack = alarm.EvaluationPeriods * periodMinutes;
      const minutes = repeated([
        [row.everyday, looksBack],
        [row.fault, Math.max(row.afterMinutes, periodMinutes)],
        [row.everyday, 2 * looksBack],
      ]);

      const states = statesOf(alarm, minutes);

      const rings = looksBack / periodMinutes + row.afterMinutes / periodMinutes - 1;
      expect(states.slice(0, rings)).toEqual(states.slice(0, rings).map(() => 'OK'));
      expect(states[rings]).toBe('ALARM');
      expect(states.at(-1)).toBe('OK');
    },
  );

  it.each(rows.flatMap(({ name, everyday, bears }) => (bears ? [{ name, everyday, ...bears }] : [])))(
    '$name bears $what',
    ({ name, everyday, values, minutes }) => {
      const looksBack = (found(name).EvaluationPeriods * periodOf(found(name))) / 60;

      const states = statesOf(
        found(name),
        repeated([
          [everyday, looksBack],
          [values, minutes],
          [everyday, looksBack],
        ]),
      );

      expect(new Set(states)).toEqual(new Set(['OK']));
    },
  );

  it('are these, and no more', () => {
    const named = (template: ReadonlyMap<string, AlarmJson>) => [...template.keys()].toSorted();

    const ofCounts = ['CountsNotCompared', 'EventNamesFell', 'EventNamesGrew'];
    const withSources = ['EventsRejected-shop', 'EventsRejected-till', 'SourceSilent-shop'];
    expect(named(withCounts).filter((name) => !all.has(name))).toEqual(ofCounts);
    expect(named(all)).toEqual(
      [...new Set([...rows.map(({ name }) => name), ...withSources])]
        .filter((name) => name !== 'EventsRejected' && !ofCounts.includes(name))
        .toSorted(),
    );
    expect(named(plain)).toEqual(
      rows
        .map(({ name }) => name)
        .filter((name) => !/^(SourceSilent|CloudFront|Firewall|ReceiptsMissed)/.test(name) && !ofCounts.includes(name))
        .toSorted(),
    );
  });

  it.each(rows)('$name is $severity', ({ name, severity }) => {
    const { AlarmActions = [], OKActions = [] } = found(name);

    const topic = JSON.stringify(AlarmActions);
    expect(OKActions).toEqual(AlarmActions);
    if (severity === 'canary') expect(AlarmActions).toEqual([]);
    else expect(topic).toContain(severity === 'urgent' ? 'PipelineAlarmTopic' : 'PipelineNoticeTopic');
  });

  it.each([...withCounts.keys()])('%s has its row in docs/operations.md, and one in docs/infrastructure.md', (name) => {
    const title = name.replace(/-\w+$/, '').replace(/Canary$/, '');

    for (const page of ['operations', 'infrastructure']) {
      const text = readFileSync(join(import.meta.dirname, `../../docs/${page}.md`), 'utf8');
      const table = text.split('\n').filter((line) => line.startsWith('| `'));
      expect(table.some((line) => line.split('|')[1]?.includes(`\`${title}\``))).toBe(true);
    }
  });

  it.each([
    { name: 'DeadLetters', dimension: 'QueueName', of: 'QueueDeadLetters' },
    { name: 'DeadLettersExpire', dimension: 'QueueName', of: 'QueueDeadLetters' },
    { name: 'QueueAge', dimension: 'QueueName', of: 'QueueEvents' },
    { name: 'IngestErrors', dimension: 'Resource', of: 'IngestFunction' },
    { name: 'DeliverErrors', dimension: 'Resource', of: 'DeliverFunction' },
    { name: 'DeliverSlow', dimension: 'Resource', of: 'DeliverFunction' },
    { name: 'IngestThrottles', dimension: 'Resource', of: 'IngestFunction' },
    { name: 'DeliverThrottles', dimension: 'Resource', of: 'DeliverFunction' },
  ])('$name watches $of', ({ name, dimension, of }) => {
    const value = found(name).Dimensions?.find(({ Name }) => Name === dimension)?.Value;

    expect(JSON.stringify(value)).toContain(of);
  });

  it('of what the functions count watch this environment', () => {
    const own = [...plain.values()].filter(({ Namespace }) => Namespace === 'ConversionsPipeline');

    expect(own.map(({ Dimensions }) => Dimensions)).toEqual(
      own.map(() => [{ Name: 'environment', Value: 'production' }]),
    );
  });

  it('ring for as long as the longest wait between two tries leaves no data', () => {
    const longestDelaySeconds = 900;

    for (const name of ['WaitingAge', 'DestinationHeld', 'TokenRefused']) {
      const { Period: seconds = 0, EvaluationPeriods: periods } = found(name);
      expect((periods - 1) * seconds).toBeGreaterThanOrEqual(longestDelaySeconds);
    }
  });

  it('of the age on the queue know how long events are meant to wait', () => {
    expect(plain.get('QueueAge')?.Threshold).toBe(production.freshnessSeconds);
    expect(all.get('QueueAge')?.Threshold).toBe(production.freshnessSeconds + 300);
  });

  it('of a canary need no more than the share of the traffic that a new version gets', () => {
    const threshold = (canaryPercent: number) =>
      alarmsOf(synthesize({ ...production, deployment: { canaryPercent, canaryMinutes: 10 } })).get(
        'RequestsRefusedCanary',
      )?.Threshold;

    expect(threshold(10)).toBeLessThan(10);
    expect(threshold(50)).toBeLessThan(50);
  });

  it('of a canary are not there without one', () => {
    const names = [...alarmsOf(synthesize({ ...production, deployment: 'all-at-once' })).keys()];

    expect(names.filter((name) => name.endsWith('Canary'))).toEqual([]);
    expect(names).toHaveLength(plain.size - 4);
  });

  it('count the requests that are refused, by what API Gateway writes into the access log', () => {
    const filters = resourcesOf(template, 'AWS::Logs::MetricFilter').map(([, { Properties }]) => Properties);
    const { Format } = resource(template, 'AWS::ApiGatewayV2::Stage').Properties['AccessLogSettings'] as {
      Format: string;
    };
    const counting = (name: string, pattern: string) => ({
      FilterPattern: pattern,
      MetricTransformations: [
        {
          MetricNamespace: 'ConversionsPipeline',
          MetricName: name,
          MetricValue: '1',
          Dimensions: [{ Key: 'environment', Value: '$.environment' }],
        },
      ],
    });

    expect(filters).toMatchObject([
      counting('RequestsOverLimit', '{ $.status = "429" }'),
      counting(
        'AnswersRefused',
        '{ ($.status = "400") || ($.status = "401") || ($.status = "403") || ($.status = "404") || ($.status = "413") }',
      ),
    ]);
    expect(JSON.parse(Format)).toMatchObject({ status: '$context.status', environment: 'production' });
  });

  it('count by source where there are several, out of the lines of ingest', () => {
    const filters = resourcesOf(
      synthesize(production, { sources, deliverAfterSeconds: 0 }),
      'AWS::Logs::MetricFilter',
    ).map(([, { Properties }]) => Properties);

    expect(filters).toContainEqual({
      LogGroupName: { Ref: expect.stringContaining('IngestLogs') },
      FilterPattern: '{ ($.message = "events received") && ($.source = "shop") }',
      MetricTransformations: [
        {
          MetricNamespace: 'ConversionsPipeline',
          MetricName: 'EventsAccepted',
          MetricValue: '$.EventsAccepted',
          Dimensions: [
            { Key: 'environment', Value: '$.environment' },
            { Key: 'source', Value: '$.source' },
          ],
        },
      ],
    });
  });

  it('of the only source read what is counted anyway', () => {
    const [, till] = Object.entries(sources);
    const one = synthesize(production, {
      sources: { till: { ...till?.[1], expectsTraffic: { withinHours: 2 } } },
      deliverAfterSeconds: 0,
    });

    expect([...alarmsOf(one).keys()]).toEqual(expect.arrayContaining(['EventsRejected', 'SourceSilent']));
    one.resourceCountIs('AWS::Logs::MetricFilter', 2);
  });

  it('of CloudFront are where its metrics are, and nowhere else', () => {
    const elsewhere = alarmsOf(
      synthesize({
        ...production,
        region: 'eu-west-1',
        firewall: { webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/1' },
        domain: { ...domain },
      }),
    );

    expect([...elsewhere.keys()].filter((name) => /CloudFront|Firewall/.test(name))).toEqual([]);
  });

  it('are all on the dashboard', () => {
    const dashboard = JSON.stringify(resource(template, 'AWS::CloudWatch::Dashboard'));

    for (const [id] of resourcesOf(template, 'AWS::CloudWatch::Alarm')) expect(dashboard).toContain(`"${id}"`);
  });
});
