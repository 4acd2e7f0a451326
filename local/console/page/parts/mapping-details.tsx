import type { JSX } from 'preact';
import type { ExplainedMapping } from '../../../../shared/explain/explanation.ts';
import { graphCurl } from '../state/as-curl.ts';
import { marked } from '../state/marked.ts';
import { setup } from '../state/store.ts';
import { AdviceList } from './advice-list.tsx';
import { CopyButton } from './copy-button.tsx';
import { FieldTable } from './field-table.tsx';
import { pretty, reasonText } from './format.ts';
import { JsonTree } from './json-tree.tsx';
import { MatchKeys } from './match-keys.tsx';

/** Outcome of a server event: taken by Meta, refused for now or for good, or nothing yet. */
export type Fate = 'delivered' | 'waiting' | 'dead' | 'draft';

const titles: Readonly<Record<Fate, { readonly fields: string; readonly event: string }>> = {
  delivered: { fields: 'Sent', event: 'Server event, as it was sent' },
  waiting: { fields: 'To be sent', event: 'Server event, not taken by Meta yet' },
  dead: { fields: 'Not delivered', event: 'Server event, not delivered' },
  draft: { fields: 'To be sent', event: 'Server event, as it would be sent' },
};

export interface MappingDetailsProps {
  readonly mapping: ExplainedMapping;
  readonly fate: Fate;
  /** Name of the destination that it is for. */
  readonly destination?: string | undefined;
}

/** Result of one mapping for the event: problems first, then every field, then exactly what is sent. */
export function MappingDetails({ mapping, fate, destination }: MappingDetailsProps): JSX.Element {
  const at = setup.value?.destinations.find(({ name }) => name === destination);
  const { outcome, warnings, fields, matchKeys } = mapping;
  // What goes missing without a word is found in the reports of next month.
  const leftOut = fields.flatMap(({ field, dropped }) =>
    dropped === undefined ? [] : [{ path: field, message: `is left out: ${dropped}` }],
  );
  return (
    <div class="mapping-details">
      {outcome?.status === 'dead' ? <AdviceList advice={outcome.problems} tone="dead" /> : undefined}
      {outcome?.status === 'skipped' ? <p class="hint">{`Skipped: ${reasonText(outcome.reason)}.`}</p> : undefined}
      {leftOut.length > 0 ? <AdviceList advice={leftOut} tone="dead" /> : undefined}
      {warnings.length > 0 ? <AdviceList advice={warnings} tone="waiting" /> : undefined}
      <MatchKeys keys={matchKeys} />
      <FieldTable fields={fields} sentTitle={titles[fate].fields} />
      {outcome?.status === 'ready' ? (
        <section class="sent" aria-label="Server event">
          <header>
            <h4>{titles[fate].event}</h4>
            <span class="copies">
              <CopyButton text={pretty(outcome.serverEvent)} label="server event" />
              {at === undefined ? undefined : (
                <CopyButton
                  text={graphCurl(outcome.json, at, setup.value?.graph ?? '')}
                  label="request"
                  title="as curl"
                />
              )}
            </span>
          </header>
          <JsonTree value={outcome.serverEvent} label="Server event" marked={marked.value?.sent} />
        </section>
      ) : undefined}
    </div>
  );
}
