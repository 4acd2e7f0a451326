import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort, type Pipeline, startPipeline, temporaryDirectory } from '../e2e/support/pipeline.ts';
import { accessibilityIssues } from './support/accessibility.ts';
import { describeInChromium } from './support/chromium.ts';
import { cutTexts } from './support/cut-texts.ts';
import { newPage } from './support/new-page.ts';
import { saveScreenshot } from './support/save-screenshot.ts';

let pipeline: Pipeline;
let port: number;
let directory: ReturnType<typeof temporaryDirectory>;

const order = (messageId: string) => ({
  ...{ type: 'track', event: 'Order Completed', messageId, timestamp: new Date().toISOString(), userId: 'user-1' },
  properties: { order_id: messageId, revenue: 10, currency: 'EUR' },
  context: { userAgent: 'Mozilla/5.0', page: { url: 'https://shop.example/' } },
});

const send = (batch: readonly object[], key = 'local-write-key'): Promise<Response> =>
  fetch(`${pipeline.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:`)}` },
    body: JSON.stringify({ batch }),
  });

const setFault = async (fault: object | undefined): Promise<void> => {
  const path = `${pipeline.health.endpoints.graph}/_stand-in/faults`;
  const body = JSON.stringify(fault);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(path, fault === undefined ? { method: 'DELETE' } : { method: 'POST', headers, body });
  expect(answer.ok).toBe(true);
};

/** A pipeline whose token Meta refuses, with twelve events that wait, and a request that was refused. */
async function start(): Promise<void> {
  port = await freePort();
  directory = temporaryDirectory();
  pipeline = await startPipeline({
    ...{ port, stateDirectory: directory.path },
    env: { CONFIG: 'test/browser/console.config.ts', MAX_RETRY_DELAY_SECONDS: '2' },
  });
  await (await fetch(`${pipeline.url}/console/assets/app.js`)).arrayBuffer();
  await setFault({ fault: 'token_invalid' });
  await send(Array.from({ length: 12 }, (_, index) => order(`held-${index}`)));
  await send([order('refused')], 'no-such-key');
}

describeInChromium('the health strip of the console', (browser) => {
  beforeAll(start);
  afterAll(async () => {
    await pipeline?.stop();
    directory.remove();
  });

  it.each(
    [
      { width: 1440, height: 900 },
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ].flatMap((size) => (['stream', 'tester', 'dead-letters', 'balance'] as const).map((view) => ({ ...size, view }))),
  )('names cause, consequence and command of a refused token on $view at $width', async ({ width, height, view }) => {
    const { page, problems } = await newPage(browser(), { width, height });
    await page.goto(`${pipeline.url}/console#/${view}`);
    const strip = page.getByRole('region', { name: 'Health: token refused' });
    await strip.getByText('Meta refuses the token of main: nothing is delivered to it.').waitFor({ timeout: 10_000 });
    const told = (await strip.textContent()) ?? '';
    expect(told).toContain('12 events wait (graph_190). None is lost');
    expect(told).toContain(`npm run token:set -- --env local --port ${port} --destination main`);
    await page.getByRole('region', { name: 'Health: requests refused' }).getByText('write_key_unknown 1').waitFor();
    expect(await cutTexts(page)).toEqual([]);
    await saveScreenshot(page, `console-token-refused-${view}-${width}`);
    expect(await accessibilityIssues(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('says of a waiting event what to do, and calls nothing sent that Meta refused', async () => {
    const { page } = await newPage(browser());
    await page.goto(`${pipeline.url}/console#/event/held-3`);
    const why = page.getByRole('region', { name: 'Why the event waits' });
    await why.getByText('The token is not valid any more.').waitFor();
    expect(await why.textContent()).toContain('Generate a new token');
    expect(await why.textContent()).toContain('npm run token:set -- --env local');
    expect(await page.getByRole('heading', { name: 'Sent', exact: true }).count()).toBe(0);
    await page.getByText('Server event, not taken by Meta yet').waitFor();
    await page.goto(`${pipeline.url}/console#/balance`);
    await page.getByText('12 events wait for main, until a person mends it.').waitFor();
  });

  it('is gone once Meta takes the token again', async () => {
    // Anew: after minutes of refusals it is asked only now and then whether it is mended.
    await pipeline.stop();
    directory.remove();
    await start();
    const { page } = await newPage(browser());
    await page.goto(`${pipeline.url}/console`);
    const strip = page.getByRole('region', { name: 'Health: token refused' });
    await strip.waitFor();
    await setFault(undefined);
    await strip.waitFor({ state: 'detached' });
    await page.locator('.tile.delivered', { hasText: '12' }).waitFor();
  });
});
