import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LetterList } from '../../local/console/server/wire.ts';
import { eventually, freePort, type Pipeline, startPipeline, temporaryDirectory } from '../e2e/support/pipeline.ts';
import { accessibilityIssues } from './support/accessibility.ts';
import { describeInChromium } from './support/chromium.ts';
import { newPage } from './support/new-page.ts';
import { saveScreenshot } from './support/save-screenshot.ts';

let pipeline: Pipeline;
let directory: ReturnType<typeof temporaryDirectory>;
let port: number;

const start = async (): Promise<void> => {
  pipeline = await startPipeline({
    ...{ port, stateDirectory: directory.path },
    env: { CONFIG: 'test/browser/console.config.ts' },
  });
  await (await fetch(`${pipeline.url}/console/assets/app.js`)).arrayBuffer();
};

const order = (messageId: string, more: object = {}) => ({
  ...{ type: 'track', event: 'Order Completed', messageId, timestamp: new Date().toISOString(), userId: 'user-1' },
  properties: { order_id: messageId, revenue: 10, currency: 'EUR' },
  context: { userAgent: 'Mozilla/5.0', page: { url: 'https://shop.example/' } },
  ...more,
});

async function send(batch: readonly object[]): Promise<void> {
  const response = await fetch(`${pipeline.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('local-write-key:')}` },
    body: JSON.stringify({ batch }),
  });
  await response.body?.cancel();
  expect(response.status).toBe(200);
}

/** 500 events a second until it is stopped, in requests of 50. */
function sendSteadily(): { stop(): Promise<number> } {
  let isOver = false;
  let sent = 0;
  const run = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      await send(Array.from({ length: 50 }, () => order(`steady-${++sent}`)));
      await sleep(Math.max(0, 100 - (performance.now() - startedAt)));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await run;
      return sent;
    },
  };
}

/** Puts dead letters on the queue: half of them may be redriven, and a tenth have another reason. */
async function bury(count: number): Promise<void> {
  const { endpoints, queues } = pipeline.health;
  const client = new SQSClient({
    ...{ endpoint: endpoints.sqs, region: 'us-east-1' },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const now = new Date().toISOString();
  const letters = Array.from({ length: count }, (_, index) => ({
    ...{ version: 1, stage: 'deliver', code: index % 10 === 0 ? 'field_missing' : 'currency_invalid', attempts: 0 },
    ...{ reason: 'Currency must be an ISO 4217 code.', fix: 'Send an ISO 4217 code such as USD.', source: 'local' },
    ...{ destination: 'main', mapping: 'Purchase', firstFailedAt: now, lastFailedAt: now },
    event: { ...order(`dead-${index}`), receivedAt: now },
  }));
  for (let from = 0; from < count; from += 10) {
    const Entries = letters
      .slice(from, from + 10)
      .map((letter, index) => ({ Id: String(index), MessageBody: JSON.stringify(letter) }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: queues.deadLetters, Entries }));
  }
  client.destroy();
}

/** Ids of all dead letters, as the server has them. */
async function buried(): Promise<Set<string>> {
  const ids = new Set<string>();
  let query = '';
  for (;;) {
    const list = (await (await fetch(`${pipeline.url}/console/api/dead-letters?${query}`)).json()) as LetterList;
    for (const { messageId } of list.letters) ids.add(messageId ?? '');
    if (list.before === undefined) return ids;
    query = `upTo=${list.upTo}&before=${list.before}`;
  }
}

const idOf = async (page: Page, index: number): Promise<string> =>
  (await page.locator('.letter h3 code').nth(index).textContent()) ?? '';

describeInChromium('the console under load', (browser) => {
  beforeEach(async () => {
    directory = temporaryDirectory();
    port = await freePort();
    await start();
  });
  afterEach(async () => {
    await pipeline.stop();
    directory.remove();
  });

  it('does with 3,000 dead letters exactly what it says, while 500 events a second pass', async () => {
    await bury(3_000);
    const steady = sendSteadily();
    const { page, problems } = await newPage(browser());
    await page.goto(`${pipeline.url}/console#/dead-letters`);
    await page.getByText('3,000 letters').waitFor();
    const result = page.getByRole('region', { name: 'Result' });
    const gone = new Set<string>();

    // One by one, at places all over the list, which does not move meanwhile.
    for (const index of [0, 7, 3, 20, 49, 21]) {
      const id = await idOf(page, index);
      await page.getByRole('button', { name: `Redrive Order Completed ${id}`, exact: true }).click();
      await page.locator(`.letter`).nth(index).getByText('Went back on the events queue').waitFor();
      expect(await result.textContent()).toContain('1 event went back on the events queue.');
      expect(await idOf(page, index)).toBe(id);
      gone.add(id);
    }
    const purged = await idOf(page, 5);
    await page.getByRole('button', { name: `Purge Order Completed ${purged}`, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Purge' }).click();
    await result.getByText('1 event purged.').waitFor();
    gone.add(purged);
    const left = await buried();
    expect(left.size).toBe(3_000 - gone.size);
    expect([...gone].filter((id) => left.has(id))).toEqual([]);

    // In groups: what the button says is what goes.
    const missing = page.locator('.letter-group', { hasText: 'field_missing' });
    const count = Number(/Purge ([\d,]+)/.exec((await missing.textContent()) ?? '')?.[1]?.replace(',', ''));
    await missing.getByRole('button', { name: /^Purge/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Purge' }).click();
    await result.getByText(`${count} events purged.`).waitFor();
    const afterGroup = await buried();
    expect(afterGroup.size).toBe(left.size - count);

    await page.getByRole('button', { name: /^Redrive all/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Redrive' }).click();
    await result.getByText(`${afterGroup.size.toLocaleString('en')} events went back on the events queue.`).waitFor();
    expect((await buried()).size).toBe(0);

    const sent = await steady.stop();
    expect(sent).toBeGreaterThan(500);
    await eventually('all is delivered', async () => {
      const { balance } = await statusOf(page);
      return balance.waiting === 0 && balance.delivered >= sent ? true : undefined;
    });
    expect(problems).toEqual([]);
  });

  it('keeps what a paused list showed while 5,000 events pass, and says what is no longer kept', async () => {
    await send(Array.from({ length: 20 }, (_, index) => order(`before-${index}`)));
    const { page } = await newPage(browser());
    await page.goto(`${pipeline.url}/console`);
    await page.getByText('20 events', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const rows = (): Promise<string[]> => page.locator('.events a code').allTextContents();
    const before = await rows();
    for (let request = 0; request < 26; request++) {
      await send(Array.from({ length: 200 }, (_, index) => order(`after-${request}-${index}`)));
    }
    await page.getByRole('button', { name: '5,000+ new' }).waitFor();
    await page.getByText('20 events of it are no longer kept whole').waitFor();
    expect(await rows()).toEqual(before);
    expect(await page.getByText('No event matches').count()).toBe(0);

    await page.locator('.events a').first().click();
    // The record still tells what became of it.
    await page.getByRole('heading', { name: 'In the record' }).waitFor();
    await page.goBack();
    expect(await rows()).toEqual(before);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.locator('.events a', { hasText: 'after-25-' }).first().waitFor();
  });

  it('opens the same event by its link after a reload, in another browser and after a restart', async () => {
    await bury(3);
    const { page } = await newPage(browser());
    await page.goto(`${pipeline.url}/console#/dead-letters`);
    await page
      .getByRole('link', { name: /dead-1$/ })
      .first()
      .click();
    await page.locator('.ids', { hasText: 'dead-1' }).waitFor();
    const link = page.url();
    expect(link).toContain('dead-1');

    for (const isRestarted of [false, true]) {
      if (isRestarted) {
        await pipeline.stop();
        await start();
        await send([order('another')]);
      }
      const other = (await newPage(browser())).page;
      await other.goto(link);
      await other.locator('.ids', { hasText: 'dead-1' }).waitFor();
      await other.reload();
      await other.locator('.ids', { hasText: 'dead-1' }).waitFor();
    }
    await page.goto(`${pipeline.url}/console#/event/nobody-sent-this`);
    await page.getByText('No event "nobody-sent-this" is known here').waitFor();
    await page.goto(`${pipeline.url}/console#/nonsense`);
    await page.getByText('There is no such page').waitFor();
  });

  it('tells from the record what became of an event before a restart', async () => {
    await send([
      order('lives-on', { userId: 'user-77', context: { traits: { email: 'jo@shop.example' }, userAgent: 'M' } }),
    ]);
    const { page } = await newPage(browser());
    await page.goto(`${pipeline.url}/console`);
    const row = page.locator('.events a', { hasText: 'lives-on' });
    await row.locator('.stage-name', { hasText: 'Delivered' }).waitFor();
    await row.click();
    await page.locator('.ids', { hasText: 'lives-on' }).waitFor();
    const link = page.url();
    await pipeline.stop();
    await start();

    const other = (await newPage(browser())).page;
    await other.goto(link);
    await other.locator('.ids', { hasText: 'lives-on' }).waitFor();
    await other.getByRole('heading', { name: 'In the record' }).waitFor();
    await other.getByText('Graph API took it').waitFor();
    for (const text of ['lives-on', 'user-77', 'JO@shop.example']) {
      await other.goto(`${pipeline.url}/console#/history?${new URLSearchParams({ q: text, span: '1h' })}`);
      await other.locator('.history a', { hasText: 'lives-on' }).first().waitFor();
    }
    await other.goto(`${pipeline.url}/console#/history?outcome=delivered`);
    await other.locator('.history a', { hasText: 'lives-on' }).first().waitFor();
    await saveScreenshot(other, 'console-history-1280');
    expect(await accessibilityIssues(other)).toEqual([]);
  });

  it('finds an event by what it holds, and keeps what was looked for in the address', async () => {
    await send([
      order('one', { userId: 'user-14', context: { traits: { email: 'jane@shop.example' }, userAgent: 'M' } }),
      order('two', { userId: 'user-142', context: { page: { url: 'https://shop.example/a?b=c' }, userAgent: 'M' } }),
    ]);
    const { page } = await newPage(browser());
    const rows = page.locator('.events a code');
    for (const [text, found] of [
      ['user-14', ['two', 'one']],
      ['"user-14"', ['one']],
      ['JANE@shop', ['one']],
      ['shop.example/a?b', ['two']],
    ] as const) {
      await page.goto(`${pipeline.url}/console#/stream?${new URLSearchParams({ q: text })}`);
      await page.reload();
      await eventually(`${text} found`, async () =>
        (await rows.allTextContents()).toSorted().join() === [...found].toSorted().join() ? true : undefined,
      );
    }
    await page.locator('.events a').first().click();
    await page.locator('.json a', { hasText: '"user-142"' }).first().click();
    await page.getByRole('textbox', { name: /^Anything in the event/ }).waitFor();
    expect(page.url()).toContain('user-142');
    expect(await rows.allTextContents()).toEqual(['two']);
    await page.reload();
    await eventually('still one', async () => ((await rows.count()) === 1 ? true : undefined));
  });
});

const statusOf = async (
  page: Page,
): Promise<{ readonly balance: { readonly waiting: number; readonly delivered: number } }> =>
  (await page.evaluate(
    "new Promise((done) => { const source = new EventSource('/console/api/stream'); source.addEventListener('status', ({ data }) => { source.close(); done(JSON.parse(data)); }); })",
  )) as never;
