import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * Issues that axe finds on the page as it is now, at any of the impacts given. Its source is evaluated by the browser's
 * own debugger, which a content security policy does not stop.
 *
 * @returns one line per place, such as `serious color-contrast at .chip: Elements must meet …`
 */
export async function accessibilityIssues(
  page: Page,
  impacts: readonly string[] = ['serious', 'critical'],
): Promise<string[]> {
  await page.evaluate(axe.source);
  // As text: the tests are compiled without the types of a page. Preloading would fetch the style sheets once more.
  const { violations } = await page.evaluate<axe.AxeResults>(
    "axe.run(document, { resultTypes: ['violations'], preload: false })",
  );
  return violations
    .filter(({ impact }) => impact !== undefined && impact !== null && impacts.includes(impact))
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(({ target }) => `${impact} ${id} at ${target.join(' ')}: ${help}`),
    );
}
