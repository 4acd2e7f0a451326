import { resolve } from 'node:path';
import type { Page } from 'playwright-core';

const folder = resolve(import.meta.dirname, '../../../test-output/screenshots');

/**
 * Keeps a picture of what the page shows, for people to look at; nothing is compared.
 *
 * @returns the file, `test-output/screenshots/<name>.png`
 */
export async function saveScreenshot(page: Page, name: string, { fullPage = false } = {}): Promise<string> {
  const path = resolve(folder, `${name}.png`);
  await page.screenshot({ path, fullPage, animations: 'disabled', caret: 'hide' });
  return path;
}
