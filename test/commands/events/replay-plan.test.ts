import { describe, expect, it } from 'vitest';
import { newForecast, planReplay, type ReplayRules } from '../../../commands/events/replay-plan.ts';
import type { Receipt } from '../../../shared/record/receipt.ts';
import { timelineOf } from '../../../shared/record/timeline.ts';
import { now } from '../../support/factories.ts';
import { brokenOrder, config, destinations, order } from '../../shared/delivery/delivery-fixture.ts';

const facts = { v: 1, id: 'order-1', s: 'shop', e: 'Order Completed' } as const;
const t = now.getTime();
const place = { a: t, d: 'main', m: 'purchase' } as const;
const accepted: Receipt = { ...facts, k: 'accepted', t };
const delivered: Receipt = { ...facts, ...place, k: 'delivered', t: t - 1_000, n: 1 };

function plan(receipts: readonly Receipt[], rules: Partial<ReplayRules> = {}, event = order(1), source = 'shop') {
  const forecast = newForecast();
  const timeline = receipts.length === 0 ? undefined : timelineOf(receipts);
  const all = { config, destinations, only: undefined, outcomes: undefined, acceptDuplicates: false, now, ...rules };
  const replayed = planReplay({ event, source, timeline }, all, forecast);
  return { forecast, sent: replayed.map(({ destination, mappings }) => [destination, ...mappings].join(' ')) };
}

describe('planReplay', () => {
  it.each<{ title: string; receipts: Receipt[]; rules?: Partial<ReplayRules>; sent: string[] }>([
    {
      title: 'sends what was skipped before and is mapped now',
      receipts: [accepted, { ...facts, a: t, d: 'main', k: 'skipped', t, r: 'no_mapping_matches' }],
      sent: ['main purchase'],
    },
    {
      title: 'sends what was dead',
      receipts: [accepted, { ...facts, ...place, k: 'dead', t, r: 'x' }],
      sent: ['main purchase'],
    },
    { title: 'leaves out what Meta took', receipts: [accepted, delivered], sent: [] },
    {
      title: 'leaves out what Meta took under a mapping that has another name now',
      receipts: [accepted, { ...delivered, m: 'old name' }],
      sent: [],
    },
    {
      title: 'sends a mapping that another one of the same event does not stand in for',
      receipts: [accepted, { ...delivered, m: 'gift' }],
      sent: ['main purchase'],
    },
    {
      title: 'sends what Meta took when it is told to',
      receipts: [accepted, delivered],
      rules: { acceptDuplicates: true },
      sent: ['main purchase'],
    },
    {
      title: 'leaves out what is on its way',
      receipts: [accepted, { ...facts, ...place, k: 'attempt', t, n: 1, r: 'http_503', o: 'retry' }],
      sent: [],
    },
    {
      title: 'sends only the outcomes that are asked for',
      receipts: [accepted, { ...facts, ...place, k: 'dead', t, r: 'x' }],
      rules: { outcomes: ['skipped'] },
      sent: [],
    },
    {
      title: 'fills a destination that never saw the event',
      receipts: [accepted],
      rules: { outcomes: ['none'] },
      sent: ['main purchase'],
    },
  ])('$title', ({ receipts, rules, sent }) => {
    expect(plan(receipts, rules).sent).toEqual(sent);
  });

  it('fills a new destination alone', () => {
    expect(plan([accepted, delivered], { only: ['second'] }, order(1), 'chain').sent).toEqual(['second purchase']);
  });

  it.each([
    [47, 0],
    [49, 1],
  ])('says what Meta no longer recognises: taken %i hours ago', (hours, countTwice) => {
    const { forecast } = plan([accepted, { ...delivered, t: t - hours * 3_600_000 }], { acceptDuplicates: true });

    expect(forecast).toMatchObject({ send: 1, again: 1, countTwice });
  });

  it('tells why an event cannot be sent', () => {
    expect(plan([accepted], {}, brokenOrder(1)).forecast).toMatchObject({
      events: 1,
      leftOut: { currency_invalid: 1 },
    });
  });
});
