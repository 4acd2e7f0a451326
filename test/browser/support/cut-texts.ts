import type { Page } from 'playwright-core';

/**
 * Elements in sight whose own text does not fit into them, and a page that is wider than its window.
 *
 * @returns one line per place, such as `p.reason: "Currency must be…"`
 */
export const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const isHidden = (one) => one.closest('.visually-hidden, .skip-link, svg, select') !== null || one.offsetParent === null || getComputedStyle(one).clipPath !== 'none';
    const hasText = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
    const pen = document.createElement('canvas').getContext('2d');
    // The arrow takes this much.
    const isSelectCut = (one) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(one);
      pen.font = font;
      const room = one.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - 18;
      return one.offsetParent !== null && pen.measureText(one.selectedOptions[0]?.text ?? '').width > room;
    };
    const isHintCut = (one) => {
      if (one.placeholder === '' || one.offsetParent === null) return false;
      const { font, paddingLeft, paddingRight } = getComputedStyle(one);
      pen.font = font;
      return pen.measureText(one.placeholder).width > one.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) + 1;
    };
    const hints = [...document.querySelectorAll('input')].filter(isHintCut);
    const selects = [...document.querySelectorAll('select')].filter(isSelectCut);
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
    return [...cut, ...selects, ...hints].map((one) => name(one) + ': ' + JSON.stringify((one.placeholder || one.textContent).trim().slice(0, 60)));
  })()`);
