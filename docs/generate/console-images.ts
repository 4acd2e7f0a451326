import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { examples } from '../../examples/examples.ts';
import { eventually, startPipeline, temporaryDirectory } from '../../test/e2e/support/pipeline.ts';
import { launchChromium } from '../../test/browser/support/chromium-launch.ts';
import { findChromium } from '../../test/browser/support/find-chromium.ts';

// Takes the pictures of the console that docs/console.md shows, from a run of its own with the examples.
const images = resolve(import.meta.dirname, '../images');
const chromium = findChromium(process.env, process.platform);
if (chromium === undefined) throw new Error('No Chromium: install it or set CHROMIUM_PATH.');

const state = temporaryDirectory();
const pipeline = await startPipeline({ stateDirectory: state.path });
const browser = await launchChromium(chromium);
try {
  const [order] = examples;
  if (order === undefined) throw new Error('There are no examples.');
  const send = async (batch: readonly object[]): Promise<void> => {
    const headers = { authorization: `Basic ${btoa('local-write-key:')}` };
    await fetch(`${pipeline.url}/v1/batch`, { method: 'POST', headers, body: JSON.stringify({ batch }) });
  };
  const now = (): string => new Date().toISOString();
  for (let round = 0; round < 20; round++) {
    await send(
      examples.map(({ in: event }, at) => ({ ...event, messageId: `visit-${round}-${at}`, timestamp: now() })),
    );
    await sleep(150);
  }
  const properties = { ...(order.in['properties'] as object), currency: 'EURO' };
  await send([
    { ...order.in, messageId: 'order-211', timestamp: now(), properties },
    { ...order.in, messageId: 'order-212', timestamp: now(), event: 'Order Refunded' },
    { ...order.in, messageId: 'order-300', timestamp: now() },
  ]);

  const take = async (name: string, path: string, ready: (page: Page) => Promise<unknown>): Promise<void> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${pipeline.url}/console#/${path}`);
    await ready(page);
    await page.screenshot({ path: resolve(images, `console-${name}.png`), animations: 'disabled', caret: 'hide' });
    await context.close();
  };
  await eventually('all settled', async () => {
    const answer = await fetch(`${pipeline.url}/console/api/event?id=order-300`);
    return ((await answer.json()) as { line?: { stage?: string } }).line?.stage === 'delivered' ? true : undefined;
  });
  await take('stream', 'stream', (page) => page.locator('.events a', { hasText: 'order-300' }).waitFor());
  await take('event', 'event/order-300', async (page) => {
    await page.locator('.field-list button', { hasText: 'user_data.em' }).first().click();
    await page.getByText('Normalised').first().waitFor();
  });
  await take('tester', 'tester', (page) => page.getByText('Ready to send').waitFor());
} finally {
  await browser.close();
  await pipeline.stop();
  state.remove();
}
