import { computed, effect, signal } from '@preact/signals';
import type { Stage } from '../../server/wire.ts';
import type { StreamFilter } from './matches-filter.ts';
import { pathOf, type Query, replacePath, route } from './router.ts';

export const noFilter: StreamFilter = { text: '', stages: [], source: '', name: '' };

// Before the effect below, which runs at once.
const outcomes: readonly Stage[] = ['delivered', 'waiting', 'skipped', 'dead'];
const isOutcome = (text: string): text is Stage => outcomes.some((one) => one === text);

/** Filter of the stream: what its address says, also while another view is open. */
export const filter = signal<StreamFilter>(noFilter);
export const isFiltered = computed(() => filter.value !== noFilter);

effect(() => {
  const at = route.value;
  if (at.view !== 'stream') return;
  const { q: text = '', outcome = '', source = '', name = '' } = at.query;
  const stages = isOutcome(outcome) ? [outcome] : [];
  const isEmpty = `${text}${source}${name}` === '' && stages.length === 0;
  filter.value = isEmpty ? noFilter : { text, stages, source, name };
});

/** Address of the stream as it is filtered. */
export const streamPath = computed(() => pathOf('stream', queryOf(filter.value)));

export const changeFilter = (part: Partial<StreamFilter>): void =>
  replacePath(pathOf('stream', queryOf({ ...filter.peek(), ...part })));

export const clearFilter = (): void => replacePath('stream');

const queryOf = ({ text, stages, source, name }: StreamFilter): Query => ({
  ...{ q: text, source, name },
  outcome: stages[0] ?? '',
});
