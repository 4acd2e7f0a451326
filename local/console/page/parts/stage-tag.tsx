import type { EventLine, Stage } from '../../server/wire.ts';
import { stageTitles } from './format.ts';

/** Shapes, so that nobody needs the colour to tell one from another. */
const glyphs: Readonly<Record<Stage, string>> = {
  queued: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z',
  mapping: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM8 8V3.5A4.5 4.5 0 0 1 12.5 8z',
  waiting: 'M4.5 3.5h7L8 8l3.5 4.5h-7L8 8z',
  delivered: 'M3.5 8.5l3 3 6-7',
  skipped: 'M3.5 8h9M9 4.5L12.5 8 9 11.5',
  dead: 'M4 4l8 8M12 4l-8 8',
  rejected: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM5 11l6-6',
};

export const StageGlyph = ({ stage }: { readonly stage: Stage }) => (
  <svg class={`glyph ${stage}`} viewBox="0 0 16 16" aria-hidden="true">
    <path d={glyphs[stage]} />
  </svg>
);

export const StageTag = ({ stage, title }: { readonly stage: Stage; readonly title?: string }) => (
  <span class={`tag ${stage}`}>
    <StageGlyph stage={stage} />
    {title ?? stageTitles[stage]}
  </span>
);

/** How far along received, queued and mapped an event is, and how it ended. */
export function Rail({ line }: { readonly line: Pick<EventLine, 'stage' | 'takenAt' | 'queuedAt'> }) {
  const { stage, takenAt, queuedAt } = line;
  const stops = [true, queuedAt !== undefined, takenAt !== undefined];
  return (
    <span class={`rail ${stage}`} aria-hidden="true">
      {stops.map((reached, index) => (
        <i key={index} class={reached ? 'reached' : ''} />
      ))}
      <b>
        <StageGlyph stage={stage} />
      </b>
    </span>
  );
}
