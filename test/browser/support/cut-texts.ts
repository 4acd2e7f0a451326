import type { Page } from 'playwright-core';

/**
 * Elements in sight whose own text does not fit into them, and a page that is wider than its window.
 *
 * @returns one line per place, such as `p.reason: "Currency must be…"`
 */
export const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const isHidden = (one) => one.closest('.visually-hidden, .skip-link, svg') !== null || one.offsetParent === null;
    const hasText = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
    const cut = [...document.querySelectorAll('body *')].filter((one) => {
      if (!hasText(one) || isHidden(one)) return false;
      const { overflowX, overflowY } = getComputedStyle(one);
      if (overflowX !== 'visible' && overflowX !== 'auto' && one.scrollWidth > one.clientWidth + 1) return true;
      if (overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 1) return true;
      const { left, right } = one.getBoundingClientRect();
      const scrolls = one.closest('.wide-table, [tabindex="0"]:not(main), pre, .cm-editor');
      return scrolls === null && right > left && (right > innerWidth + 1 || left < -1);
    });
    const name = (one) => one.tagName.toLowerCase() + (typeof one.className === 'string' && one.className ? '.' + one.className.replaceAll(' ', '.') : '');
    return cut.map((one) => name(one) + ': ' + JSON.stringify(one.textContent.trim().slice(0, 60)));
  })()`);
