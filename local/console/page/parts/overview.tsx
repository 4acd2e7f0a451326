import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import type { Stage } from '../../server/wire.ts';
import { status } from '../state/store.ts';
import { changeFilter, filter } from '../state/stream-filter.ts';
import { Chart } from './chart.tsx';
import { count, duration } from './format.ts';
import { StageGlyph } from './stage-tag.tsx';

interface Tile {
  readonly stage: Stage;
  readonly title: string;
  readonly value: number;
}

const throughput = [
  { label: 'received', colour: '--progress-dot', style: 'bars' },
  { label: 'delivered', colour: '--delivered-dot', style: 'line' },
] as const;
const latency = [
  { label: 'median', colour: '--accent', style: 'line', isSparse: true },
  { label: '95 %', colour: '--waiting-dot', style: 'line', isSparse: true },
] as const;

/** Counts, which are filters too, and the last two minutes. */
export function Overview(): JSX.Element {
  const balance = status.value?.balance;
  const tiles: readonly Tile[] = [
    { stage: 'delivered', title: 'Delivered', value: balance?.delivered ?? 0 },
    { stage: 'waiting', title: 'On the way', value: balance?.waiting ?? 0 },
    { stage: 'skipped', title: 'Skipped', value: balance?.skipped ?? 0 },
    { stage: 'dead', title: 'Dead', value: (balance?.dead ?? 0) + (balance?.rejected ?? 0) },
  ];
  return (
    <div class="overview">
      <fieldset class="tiles">
        <legend class="visually-hidden">Show only one outcome</legend>
        {tiles.map((tile) => (
          <OutcomeTile key={tile.stage} {...tile} />
        ))}
      </fieldset>
      <Throughput />
      <Latency />
    </div>
  );
}

function OutcomeTile({ stage, title, value }: Tile): JSX.Element {
  const isChosen = filter.value.stages.includes(stage);
  const toggle = () => changeFilter({ stages: isChosen ? [] : [stage] });
  return (
    <button type="button" class={`tile ${stage}`} aria-pressed={isChosen} onClick={toggle}>
      <span class="tile-title">
        <StageGlyph stage={stage} />
        {title}
      </span>
      <strong>{count(value)}</strong>
    </button>
  );
}

const noSeconds: [] = [];

function Throughput(): JSX.Element {
  const seconds = useComputed(() => status.value?.seconds ?? noSeconds).value;
  const recent = seconds.slice(-10);
  const perSecond = recent.reduce((sum, { received }) => sum + received, 0) / Math.max(1, recent.length);
  const now = perSecond >= 10 ? count(Math.round(perSecond)) : String(Math.round(perSecond * 10) / 10);
  return (
    <figure class="figure">
      <figcaption>
        Events per second <strong>{now}</strong>
        <Key names={throughput} />
      </figcaption>
      <Chart
        label={`Events per second, the last ten seconds: ${now}`}
        series={throughput}
        data={[
          seconds.map(({ at }) => at),
          seconds.map(({ received }) => received),
          seconds.map(({ delivered }) => delivered),
        ]}
        format={(value) => count(value)}
        atLeast={4}
      />
    </figure>
  );
}

function Latency(): JSX.Element {
  const seconds = useComputed(() => status.value?.seconds ?? noSeconds).value;
  const last = seconds.findLast(({ p50Ms }) => p50Ms !== undefined)?.p50Ms;
  const now = last === undefined ? '–' : duration(last);
  return (
    <figure class="figure">
      <figcaption>
        Received to delivered <strong>{now}</strong>
        <Key names={latency} />
      </figcaption>
      <Chart
        label={`Time from receiving to delivery, latest median: ${now}`}
        series={latency}
        data={[
          seconds.map(({ at }) => at),
          seconds.map(({ p50Ms }) => p50Ms ?? null),
          seconds.map(({ p95Ms }) => p95Ms ?? null),
        ]}
        format={(value) => duration(value)}
        atLeast={200}
      />
    </figure>
  );
}

const Key = ({ names }: { readonly names: readonly { readonly label: string; readonly colour: string }[] }) => (
  <span class="chart-key" aria-hidden="true">
    {names.map(({ label, colour }) => (
      <span key={label}>
        <i style={{ background: `var(${colour})` }} />
        {label}
      </span>
    ))}
  </span>
);
