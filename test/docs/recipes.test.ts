import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '../../local/graph-stand-in/judge.ts';
import { ServerEvent } from '../../shared/meta/event/server-event.ts';
import type { JsonObject } from '../../shared/segment/event.ts';
import { now } from '../support/factories.ts';
import { headingsOf, readDocument } from './support/markdown.ts';
import { compilerSays, fileOf, previewed, recipePage, writeFiles } from './support/recipes.ts';

const text = readDocument('recipes.md');
const page = recipePage(text);
const fileName = (index: number): string => `recipe-${index}.ts`;

let files: ReturnType<typeof writeFiles>;

beforeAll(() => {
  files = writeFiles(Object.fromEntries(page.recipes.map((recipe, index) => [fileName(index), fileOf(page, recipe)])));
});

afterAll(() => files.remove());

const examples = page.recipes.flatMap(({ title, examples }, recipe) =>
  examples.map(({ event, result }) => ({ title, recipe, event, result })),
);

describe('the recipes', () => {
  it('compile as they stand on the page', async () => {
    expect(await compilerSays(files.folder)).toBe('');
  });

  it('would not compile with a field that is none', async () => {
    const [recipe] = page.recipes;
    const misspelt = fileOf(page, { code: (recipe?.code ?? '').replace(' value:', ' valeu:') });
    const wrong = writeFiles({ 'misspelt.ts': misspelt });
    const said = await compilerSays(wrong.folder);
    wrong.remove();

    expect(said).toContain("'valeu' does not exist");
  });

  it.each(examples)('$title: $event.event', async ({ recipe, event, result }) => {
    expect(await previewed(resolve(files.folder, fileName(recipe)), event, now)).toEqual(result);
  });

  it.each(examples.filter(({ result }) => isSent(result)))('$title: the stand-in takes $event.event', ({ result }) => {
    const events = [result].flat();

    expect(events.map((event) => ServerEvent.parse(event))).toEqual(events);
    expect(judge({}, events as never, now)).toBeUndefined();
  });

  it('are all in the list at the top', () => {
    const anchors = [...text.matchAll(/\]\(#([a-z0-9-]+)\)/g)].map(([, anchor]) => anchor);
    const anchorOf = (title: string): string =>
      title
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-');

    expect(anchors).toEqual(expect.arrayContaining(headingsOf(text, 2).map(anchorOf)));
  });
});

const isSent = (result: unknown): boolean =>
  [result].flat().every((each) => typeof each === 'object' && each !== null && 'event_name' in each);

describe('what failed elsewhere', () => {
  const sentBy = (title: string, call: number, changes: JsonObject = {}) => {
    const recipe = page.recipes.findIndex((each) => each.title === title);
    const example = page.recipes[recipe]?.examples[call];
    return previewed(resolve(files.folder, fileName(recipe)), { ...example?.event, ...changes }, now);
  };
  const subscription = 'A subscription, its renewals and its end';

  // facebook/facebook-for-woocommerce#3946: renewals were taken for the first order, whose ids they had copied.
  it('does not take a renewal for an earlier one: each has an id of its own', async () => {
    const renewals = [await sentBy(subscription, 0), await sentBy(subscription, 0, { messageId: 'invoice-8' })];

    expect(renewals).toMatchObject([{ event_id: 'invoice-7' }, { event_id: 'invoice-8' }]);
  });

  // facebook/facebook-for-woocommerce#3971: a subscription counted as a second Purchase beside its order.
  it('makes no Purchase of a subscription', async () => {
    expect(await sentBy(subscription, 0)).toMatchObject({ event_name: 'RecurringSubscriptionPayment' });
    expect(await sentBy(subscription, 0, { event: 'Subscription Started' })).toMatchObject({ event_name: 'Subscribe' });
    expect(await sentBy(subscription, 0, { event: 'Order Completed' })).toEqual({ skipped: 'no_mapping_matches' });
  });

  // duracelltomi/gtm4wp#165: refunds told nobody anything. braze-inc/braze-docs#6687: elsewhere they are negative purchases.
  it('tells of a refund, never with a negative value', async () => {
    const properties = { order_id: 'A-1', refund: -42.5, currency: 'EUR', ordered_at: '2026-02-27T18:30:00.000Z' };
    const refund = (await sentBy('A refund', 0, { properties })) as { custom_data: JsonObject };

    expect(refund).toMatchObject({ event_name: 'Refund', original_event_data: { order_id: 'A-1' } });
    expect(refund.custom_data).not.toHaveProperty('value');
  });
});
