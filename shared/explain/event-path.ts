import type { Steps } from '../mapping/path.ts';

/** Steps as a mapping writes them: `$.properties.products[0].price`; `$` alone is the whole event. */
export const eventPath = (steps: Steps): string => `$${steps.map(written).join('')}`;

const written = (step: string): string => {
  if (/^\d+$/.test(step)) return `[${step}]`;
  return /^[^\s.[\]'"]+$/.test(step) ? `.${step}` : `['${step}']`;
};
