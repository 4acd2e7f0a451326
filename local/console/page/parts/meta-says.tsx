import type { JSX } from 'preact';
import { metaSays } from '../../../../commands/dead-letters/meta-says.ts';
import type { LetterFacts } from '../../server/wire.ts';

/** Meta's own words about a refusal, if it gave any. */
export function MetaSays({ graph }: Pick<LetterFacts, 'graph'>): JSX.Element | undefined {
  const text = metaSays(graph);
  if (text === undefined) return undefined;
  return (
    <p class="meta-says">
      <b>Meta says</b> {text}
    </p>
  );
}
