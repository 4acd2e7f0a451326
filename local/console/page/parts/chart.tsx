import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { paint } from '../state/theme.ts';

export interface Series {
  readonly label: string;
  /** Name of a colour token, such as `--delivered`. */
  readonly colour: string;
  readonly style: 'bars' | 'line';
  /** Seconds without a value lie between: the line goes over a few of them, and few values are points too. */
  readonly isSparse?: boolean;
}

export interface ChartProps {
  /** Text for a reader who does not see the chart. */
  readonly label: string;
  readonly series: readonly Series[];
  /** Epoch seconds, then the values of each series. */
  readonly data: readonly (readonly (number | null)[])[];
  readonly format: (value: number) => string;
  /** The scale reaches at least so far. */
  readonly atLeast: number;
}

const height = 100;

/** A small chart without axes of its own but the highest value: its shape is what matters. */
export function Chart({ label, series, data, format, atLeast }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const colours = paint.value;

  // Drawn anew when the colours change, fed by the effect below
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const draw = new uPlot(optionsOf(element, series, format, atLeast), data as uPlot.AlignedData, element);
    plot.current = draw;
    const resized = new ResizeObserver(() => draw.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      draw.destroy();
    };
  }, [colours]);
  useEffect(() => plot.current?.setData(data as uPlot.AlignedData), [data]);

  return <div ref={host} class="chart" role="img" aria-label={label} />;
}

function optionsOf(
  element: HTMLElement,
  series: readonly Series[],
  format: (value: number) => string,
  atLeast: number,
): uPlot.Options {
  const style = getComputedStyle(element);
  const colourOf = (token: string): string => resolveColour(element, token);
  const font = `11px ${style.fontFamily}`;
  return {
    width: element.clientWidth,
    height,
    padding: [10, 18, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true }, y: { range: (_, __, max) => [0, Math.max(atLeast, max * 1.15)] } },
    axes: [
      {
        font,
        stroke: colourOf('--muted'),
        size: 22,
        gap: 6,
        grid: { show: false },
        ticks: { show: false },
        space: 90,
        values: (_, ticks) => ticks.map(labelOf(ticks)),
      },
      {
        font,
        stroke: colourOf('--muted'),
        size: (_, values) => 10 + 6.5 * Math.max(1, ...(values ?? []).map(({ length }) => length)),
        gap: 5,
        space: 30,
        incrs: wholeSteps,
        grid: { stroke: colourOf('--line'), width: 1 },
        ticks: { show: false },
        values: (_, ticks) => ticks.map(format),
      },
    ],
    series: [{}, ...series.map((one) => seriesOptions(one, colourOf(one.colour)))],
  };
}

/** Ticks of less than a minute differ by their seconds only. */
const labelOf =
  ([first = 0, second = first + 60]: readonly number[]) =>
  (at: number): string =>
    new Date(at * 1_000).toTimeString().slice(0, second - first < 60 ? 8 : 5);

/** Seconds without a value that a line goes over: a longer pause is a gap. */
const longestPauseSeconds = 10;

/** Gaps of a line, in pixels, without those that are short. */
const longGaps: uPlot.Series.GapsRefiner = (plot, _, __, ___, gaps) =>
  gaps.filter(
    ([from, to]) =>
      plot.posToVal(to - plot.bbox.left, 'x', true) - plot.posToVal(from - plot.bbox.left, 'x', true) >
      longestPauseSeconds,
  );

/** Neither half an event nor half a millisecond. */
const wholeSteps = [1, 2, 5]
  .flatMap((step) => [0, 1, 2, 3, 4, 5, 6].map((power) => step * 10 ** power))
  .sort((a, b) => a - b);

function seriesOptions({ label, style, isSparse = false }: Series, colour: string): uPlot.Series {
  const bars = style === 'bars' ? uPlot.paths.bars?.({ size: [0.7, 12] }) : undefined;
  return {
    label,
    stroke: colour,
    width: style === 'bars' ? 0 : 1.75,
    spanGaps: false,
    ...(isSparse && { gaps: longGaps }),
    points: { show: (plot, index) => isSparse && isLonely(plot.data[index]), size: 4, width: 0, fill: colour },
    ...(bars && { paths: bars, fill: colour }),
  };
}

/** So few values that a line would not show them. */
const isLonely = (values: ArrayLike<number | null | undefined> = []): boolean =>
  Array.from(values).filter((value) => typeof value === 'number').length < 8;

/** The colour that a token has now: canvas knows no CSS variables. */
function resolveColour(element: HTMLElement, token: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${token})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
