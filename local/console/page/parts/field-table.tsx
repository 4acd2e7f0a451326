import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import type { ExplainedField } from '../../../../shared/explain/explanation.ts';
import { helpAt } from '../../../../shared/meta/members/field-help.ts';
import { pages } from '../../../../shared/meta/members/pages.ts';
import { marked } from '../state/marked.ts';
import { inline, pretty } from './format.ts';

export interface FieldTableProps {
  readonly fields: readonly ExplainedField[];
  /** Heading of those that are in the server event, which may have been refused. */
  readonly sentTitle: string;
}

/** Every field of a server event with the way that its value took. */
export function FieldTable({ fields, sentTitle }: FieldTableProps): JSX.Element {
  const dropped = fields.filter(({ dropped }) => dropped !== undefined);
  const others = fields.filter(({ dropped }) => dropped === undefined);
  const sent = others.filter(({ path }) => path !== undefined);
  const read = others.filter(({ path, raw }) => path === undefined && raw !== undefined && raw !== null);
  const empty = others.filter((field) => !sent.includes(field) && !read.includes(field));
  return (
    <div class="fields">
      {dropped.length > 0 ? <FieldGroup title="Left out" fields={dropped} /> : undefined}
      {sent.length > 0 ? <FieldGroup title={sentTitle} fields={sent} /> : undefined}
      {read.length > 0 ? (
        <FieldGroup title={sent.length > 0 ? 'Read, not sent' : 'Read from the event'} fields={read} />
      ) : undefined}
      {empty.length > 0 ? (
        <details class="unfilled">
          <summary>{`${empty.length} fields that the event does not fill`}</summary>
          <FieldGroup fields={empty} />
        </details>
      ) : undefined}
    </div>
  );
}

const FieldGroup = ({ title, fields }: { readonly title?: string; readonly fields: readonly ExplainedField[] }) => (
  <>
    {title === undefined ? undefined : <h4>{title}</h4>}
    <ul class="field-list">
      {fields.map((field, index) => (
        <FieldRow key={`${field.path ?? field.field}-${index}`} field={field} />
      ))}
    </ul>
  </>
);

function FieldRow({ field }: { readonly field: ExplainedField }): JSX.Element {
  const isOpen = useSignal(false);
  const { path, label, sources, sent, dropped, notes } = field;
  const light = () => {
    marked.value = { event: new Set(sources), sent: new Set(path === undefined ? [] : [path]) };
  };
  const unlight = () => {
    marked.value = undefined;
  };
  return (
    <li class={dropped === undefined ? undefined : 'dropped'} onMouseEnter={light} onMouseLeave={unlight}>
      <button
        type="button"
        aria-expanded={isOpen.value}
        onFocus={light}
        onBlur={unlight}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <code class="field-path">{breakable(path ?? field.field)}</code>
        <span class="field-from">{sources.length > 0 ? sources.join(', ') : whereFrom(field)}</span>
        <span class="field-value">{dropped ?? inline(sent ?? field.raw ?? '')}</span>
      </button>
      {isOpen.value ? <Derivation field={field} label={label} /> : undefined}
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </li>
  );
}

/** A path that breaks behind its dots and underscores rather than within a word. */
const breakable = (path: string): ComponentChildren =>
  path.split(/(?<=[._])/).map((part, index) => (
    <>
      {index > 0 ? <wbr /> : undefined}
      {part}
    </>
  ));

const whereFrom = ({ directive, sent }: ExplainedField): string => {
  if (sent === undefined) return '';
  return typeof directive === 'object' && directive !== null ? 'made by the mapping' : 'fixed by the mapping';
};

interface Step {
  readonly title: string;
  readonly text: string;
}

function Derivation({ field, label }: { readonly field: ExplainedField; readonly label: string }): JSX.Element {
  const { directive, raw, normalised, sent, field: name } = field;
  const isHashed = normalised !== undefined && sent !== normalised && /^[0-9a-f]{64}$/.test(lastText(sent));
  const steps: readonly Step[] = [
    { title: 'From the event', text: raw === undefined ? 'nothing' : inline(raw) },
    ...(normalised === undefined ? [] : [{ title: 'Normalised', text: normalised }]),
    endOf(field, isHashed),
  ];
  return (
    <div class="derivation">
      <p class="derivation-title">
        {label} <code>{name}</code>
      </p>
      <FieldHelp name={name} />
      <ol>
        {steps.map(({ title, text }) => (
          <li key={title}>
            <span>{title}</span>
            <code>{text === '' ? '(empty text)' : text}</code>
          </li>
        ))}
      </ol>
      {directive === undefined ? undefined : (
        <details>
          <summary>The mapping says</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region */}
          <pre class="directive" tabIndex={0}>
            {pretty(directive)}
          </pre>
        </details>
      )}
    </div>
  );
}

/** Help of a field, with Meta's page of it. */
function FieldHelp({ name }: { readonly name: string }): JSX.Element | undefined {
  const help = helpAt(name);
  if (help === undefined) return undefined;
  const page = help.page && pages[help.page];
  return (
    <p class="field-help">
      {help.text}{' '}
      {page === undefined ? undefined : (
        <a href={page.url} target="_blank" rel="noreferrer">
          {page.title}
        </a>
      )}
    </p>
  );
}

function endOf({ dropped, sent }: ExplainedField, isHashed: boolean): Step {
  if (dropped !== undefined) return { title: 'Left out', text: dropped };
  if (sent === undefined) return { title: 'Not sent', text: 'nothing' };
  return { title: isHashed ? 'SHA-256, sent' : 'Sent', text: inline(sent) };
}

const lastText = (value: unknown): string => String(Array.isArray(value) ? value.at(-1) : value);
