import type { JSX } from 'preact';
import type { ExplainedMapping } from '../../../../shared/explain/explanation.ts';
import { marked } from '../state/marked.ts';
import { AdviceList } from './advice-list.tsx';
import { CopyButton } from './copy-button.tsx';
import { FieldTable } from './field-table.tsx';
import { pretty, reasonText } from './format.ts';
import { JsonTree } from './json-tree.tsx';
import { MatchKeys } from './match-keys.tsx';

/** Result of one mapping for the event: problems first, then every field, then exactly what is sent. */
export function MappingDetails({ mapping }: { readonly mapping: ExplainedMapping }): JSX.Element {
  const { outcome, warnings, fields, matchKeys } = mapping;
  return (
    <div class="mapping-details">
      {outcome?.status === 'dead' ? <AdviceList advice={outcome.problems} tone="dead" /> : undefined}
      {outcome?.status === 'skipped' ? <p class="hint">{`Skipped: ${reasonText(outcome.reason)}.`}</p> : undefined}
      {warnings.length > 0 ? <AdviceList advice={warnings} tone="waiting" /> : undefined}
      <MatchKeys keys={matchKeys} />
      <FieldTable fields={fields} />
      {outcome?.status === 'ready' ? (
        <section class="sent" aria-label="Server event">
          <header>
            <h4>Server event, as it is sent</h4>
            <CopyButton text={pretty(outcome.serverEvent)} label="server event" />
          </header>
          <JsonTree value={outcome.serverEvent} label="Server event" marked={marked.value?.sent} />
        </section>
      ) : undefined}
    </div>
  );
}
