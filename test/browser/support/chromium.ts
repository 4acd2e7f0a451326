import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { launchChromium } from './chromium-launch.ts';
import { findChromium } from './find-chromium.ts';

const noChromium = 'No Chromium: install it or set CHROMIUM_PATH';

/**
 * A suite of tests in one Chromium, started before the first and closed after the last. Without a Chromium the suite is
 * skipped and says so, unless `REQUIRE_CHROMIUM=1`: then it fails.
 *
 * @param body gets the browser as a function, since it starts only when the tests do
 */
export function describeInChromium(name: string, body: (browser: () => Browser) => void): void {
  const path = findChromium(process.env, process.platform);
  const skipped = path === undefined && process.env['REQUIRE_CHROMIUM'] !== '1';
  if (skipped) process.stderr.write(`${name}: skipped. ${noChromium}\n`);

  describe.skipIf(skipped)(skipped ? `${name} (${noChromium})` : name, () => {
    let running: Browser | undefined;
    beforeAll(async () => {
      if (path === undefined) throw new Error(noChromium);
      running = await launchChromium(path);
    });
    afterAll(() => running?.close());
    body(() => {
      if (running === undefined) throw new Error('The browser runs in tests and hooks only.');
      return running;
    });
  });
}
