import type { JSX } from 'preact';
import type { ProblemView } from '../../server/wire.ts';
import { Icon } from './icons.tsx';

/** A problem with its fix. */
export const ProblemCallout = ({ problem: { reason, fix } }: { readonly problem: ProblemView }): JSX.Element => (
  <div class="callout waiting" role="note">
    <Icon name="warning" />
    <div>
      <p>{reason.replaceAll('`', '')}</p>
      {fix === '' ? undefined : <p class="muted">{fix.replaceAll('`', '')}</p>}
    </div>
  </div>
);
