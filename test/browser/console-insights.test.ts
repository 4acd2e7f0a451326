import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DuplicatesAnswer } from '../../local/console/server/wire.ts';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from '../e2e/support/pipeline.ts';
import { accessibilityIssues } from './support/accessibility.ts';
import { describeInChromium } from './support/chromium.ts';
import { cutTexts } from './support/cut-texts.ts';
import { newPage } from './support/new-page.ts';
import { saveScreenshot } from './support/save-screenshot.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
  { width: 800, height: 700 },
  { width: 390, height: 844 },
];

const writeKey = 'shop-write-key';

/** An order of the shop whose page saw the Pixel's call under an id. */
const order = (messageId: string, seenAs: string | null) => ({
  ...{
    type: 'track',
    event: 'Order Completed',
    messageId,
    timestamp: new Date().toISOString(),
    anonymousId: messageId,
  },
  properties: { order_id: messageId, revenue: 10, currency: 'EUR' },
  context: {
    userAgent: 'Mozilla/5.0',
    page: { url: 'https://shop.example/' },
    pixel: [['Purchase', seenAs, Date.now() - 1_000]],
  },
});

async function send({ url }: Pipeline, batch: readonly object[]): Promise<void> {
  const response = await fetch(`${url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${writeKey}:`)}` },
    body: JSON.stringify({ batch }),
  });
  expect(response.status).toBe(200);
}

describeInChromium('the pages about duplicates and quality', (browser) => {
  const directory = temporaryDirectory();
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await startPipeline({
      stateDirectory: directory.path,
      env: { CONFIG: 'examples/shop/config.ts', WRITE_KEY: writeKey },
    });
    await (await fetch(`${pipeline.url}/console/assets/app.js`)).arrayBuffer();
  });
  afterAll(async () => {
    await pipeline?.stop();
    directory.remove();
  });

  it('say in sentences that there is nothing yet', async () => {
    const { page, problems } = await newPage(browser());
    await page.goto(`${pipeline.url}/console#/duplicates`);
    await page.getByRole('heading', { name: 'Nothing to compare' }).waitFor();
    await page.goto(`${pipeline.url}/console#/quality`);
    await page.getByText('Nothing was delivered in this time.').waitFor();
    await page.getByText('6.2 of 10').waitFor();
    expect(problems).toEqual([]);
  });

  it('name each fault with its cause, its share, samples and what to do', async () => {
    const { page } = await newPage(browser());
    await send(pipeline, [order('A-1', 'a-1'), order('A-2', 'a-2'), order('A-3', 'A-3')]);
    await eventually('three deliveries in the record', async () => {
      const answer = (await (await fetch(`${pipeline.url}/console/api/duplicates`)).json()) as DuplicatesAnswer;
      return answer.report?.names.some(({ both }) => both === 1) && answer.report.findings.length > 0
        ? true
        : undefined;
    });
    await page.goto(`${pipeline.url}/console#/duplicates?days=1`);
    const purchases = page.getByRole('region', { name: 'Purchase' });
    await purchases.getByRole('heading', { name: 'The ids differ in upper and lower case only.' }).waitFor();
    const told = (await purchases.textContent()) ?? '';
    expect(told).toContain('id_case 2 times, 67 % of the events');
    expect(told).toContain('One side changes the letter case of the id.');
    expect(told).toContain('Send the id as it is on both sides');
    await purchases.getByRole('link', { name: 'a-1 / A-1' }).click();
    // The event that the sample is about, by the record.
    await page.locator('.history a', { hasText: 'A-1' }).first().waitFor();
  });

  it.each(sizes.flatMap((size) => (['duplicates', 'quality'] as const).map((view) => ({ ...size, view }))))(
    'are read without a mouse and without a cut text: $view at $width',
    async ({ view, width, height }) => {
      const { page, problems } = await newPage(browser(), { width, height });
      await page.goto(`${pipeline.url}/console#/${view}`);
      await page.locator('.insight').first().waitFor();
      await saveScreenshot(page, `console-${view}-${width}`);
      expect(await cutTexts(page)).toEqual([]);
      expect(await accessibilityIssues(page)).toEqual([]);
      expect(problems).toEqual([]);
    },
  );

  it('tell of quality for both kinds of events, and of a token that may not read it', async () => {
    const { page } = await newPage(browser());
    await page.goto(`${pipeline.url}/console#/quality`);
    const own = page.getByRole('region', { name: 'Our own coverage' });
    await own.getByRole('heading', { name: /^Order Completed/ }).waitFor();
    await page.getByRole('combobox', { name: 'Kind of events' }).selectOption('offline');
    await page.getByText('npm run quality -- --offline').waitFor();
    expect(page.url()).toContain('kind=offline');
    const faults = `${pipeline.health.endpoints.graph}/_stand-in/faults`;
    const headers = { 'content-type': 'application/json' };
    await fetch(faults, { method: 'POST', headers, body: JSON.stringify({ fault: 'token_invalid' }) });
    await page.reload();
    await page
      .getByRole('note')
      .getByText(/Generate a new token/)
      .waitFor();
    await own.getByRole('heading', { name: /^Order Completed/ }).waitFor();
    await fetch(faults, { method: 'DELETE' });
  });
});

describeInChromium('the page about duplicates without events in the record', (browser) => {
  it('says which level it needs', async () => {
    const directory = temporaryDirectory();
    const pipeline = await startPipeline({
      stateDirectory: directory.path,
      env: { CONFIG: 'examples/shop/config.ts', WRITE_KEY: writeKey, RECORD_LEVEL: 'receipts' },
    });
    try {
      const { page, problems } = await newPage(browser());
      await send(pipeline, [order('A-1', 'a-1')]);
      await eventually('a receipt', async () => {
        const answer = (await (await fetch(`${pipeline.url}/console/api/duplicates`)).json()) as DuplicatesAnswer;
        return answer.problem === undefined ? undefined : true;
      });
      await page.goto(`${pipeline.url}/console#/duplicates`);
      await page.getByRole('note').getByText('The record keeps receipts without events').waitFor();
      await page.getByText('RECORD_LEVEL=events npm start').waitFor();
      expect(problems).toEqual([]);
    } finally {
      await pipeline.stop();
      directory.remove();
    }
  });
});
