import { describe, expect, it } from 'vitest';
import { examples } from '../../../examples/examples.ts';
import { orderCompleted } from '../../../examples/order-completed.ts';
import type { ExplainedMapping } from '../../../shared/explain/explanation.ts';
import { createTester, type MappingDraft, type TestOptions } from '../../../shared/explain/tester.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import { now, track } from '../../support/factories.ts';
import { at, destinationOf, liquid } from './support.ts';

const test = createTester({ sha256: sha256Hex });
const draft: MappingDraft = { action: 'purchase', fields: { action_source: 'website' } };
const event = orderCompleted.in;

const issuesOf = (given: MappingDraft, of: unknown = event) => {
  const result = test(given, of, { now });
  return 'issues' in result ? result.issues : undefined;
};

function tried(given: MappingDraft, of: unknown = event, options: TestOptions = { now }): ExplainedMapping {
  const result = test(given, of, options);
  if ('issues' in result) throw new Error(JSON.stringify(result.issues));
  return result.explained;
}

describe('createTester', () => {
  it.each(examples)('shows the very bytes that are planned: $title', async ({ mapping, in: call }) => {
    const [planned] = planEvent(call, await destinationOf([mapping]), now);
    const { outcome } = tried({ ...mapping, fields: mapping.fields ?? {} }, call);

    expect(outcome).toMatchObject({ status: 'ready', json: planned?.status === 'ready' ? planned.json : '' });
  });

  it.each([
    ['an action that is none', { ...draft, action: 'refund' }, 'action_unknown', 'action'],
    ['a trigger that is none', { ...draft, trigger: 'type = ' }, 'trigger_invalid', 'trigger'],
    ['no trigger where one is needed', { ...draft, action: 'custom' }, 'trigger_invalid', 'trigger'],
    ['fields that are none', { ...draft, fields: [] }, 'mapping_invalid', 'fields'],
    ['an unknown directive', { ...draft, fields: { value: { '@pathh': '$.a' } } }, 'mapping_invalid', 'fields/value'],
    [
      'a fault deep inside',
      { ...draft, fields: { user_data: { email: { '@if': { then: 'x' } } } } },
      'mapping_invalid',
      'fields/user_data/email/@if',
    ],
    [
      'Liquid without its engine',
      { ...draft, fields: { value: { '@liquid': '{{ a }}' } } },
      'mapping_invalid',
      'fields/value/@liquid',
    ],
  ])('names the place of %s', (_, given, code, path) => {
    expect(issuesOf(given)).toEqual([{ code, path, message: expect.any(String) }]);
  });

  it('reports every fault at once', () => {
    const fields = { value: { '@pathh': '$.a' }, currency: { '@template': 5 } };

    expect(issuesOf({ ...draft, fields })?.map(({ path }) => path)).toEqual([
      'fields/currency/@template',
      'fields/value',
    ]);
  });

  it.each([[[]], ['text'], [null]])('asks for an event in place of %j', (given) => {
    expect(issuesOf(draft, given)).toEqual([{ message: 'must be an object', path: 'event' }]);
  });

  it('shows the trigger alone where it does not match', () => {
    const { matches, trigger, outcome, fields } = tried(draft, track('Other'));

    expect({ matches, trigger, outcome, fields }).toEqual({
      matches: false,
      trigger: 'type = "track" and event = "Order Completed"',
      outcome: undefined,
      fields: [],
    });
  });

  it('takes a trigger of null as every event', () => {
    expect(tried({ ...draft, trigger: null }, track('Other'))).toMatchObject({ matches: true, trigger: null });
  });

  it('takes fields as the whole mapping where defaults are off', () => {
    const { outcome, fields } = tried({ ...draft, defaults: false });

    expect(outcome?.status).toBe('dead');
    expect(fields.map(({ field }) => field)).toEqual(['event_name', 'action_source']);
  });

  it('adds what the endpoint would add', () => {
    const { timestamp: _, messageId: __, ...bare } = event as Record<string, unknown>;

    expect(at('event_time', tried(draft, bare))).toMatchObject({
      sent: now.getTime() / 1_000,
      sources: ['$.timestamp'],
    });
  });

  it('obeys the options of a destination', () => {
    const mailed = { ...event, context: { page: { url: 'https://a.example/?e=a@b.example' }, userAgent: 'F' } };
    const sent = (personalData: 'send' | 'remove') =>
      at('event_source_url', tried(draft, mailed, { now, destination: { personalData } }))?.sent;

    expect([sent('send'), sent('remove')]).toEqual(['https://a.example/?e=a@b.example', 'https://a.example/']);
  });

  it('tells that a gate holds the event back', () => {
    const { outcome } = tried(draft, { ...event, integrations: { All: false } });

    expect(outcome).toEqual({ status: 'skipped', reason: 'integrations_excluded' });
  });

  it('renders Liquid with the engine given', () => {
    const withLiquid = createTester({ sha256: sha256Hex, liquid });
    const fields = {
      ...orderCompleted.mapping.fields,
      order_id: { '@liquid': '{{ properties.order_id | downcase }}' },
    };
    const result = withLiquid({ ...draft, fields }, event, { now });

    expect('explained' in result && at('custom_data.order_id', result.explained)).toMatchObject({
      sent: 'ord-300',
      sources: ['$.properties.order_id'],
    });
  });
});
