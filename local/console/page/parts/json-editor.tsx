import { json, jsonParseLinter } from '@codemirror/lang-json';
import { syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import { EditorState, StateEffect } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { minimalSetup } from 'codemirror';
import { effect, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Advice } from '../../../../shared/explain/explanation.ts';
import { rangeOf } from './json-range.ts';

export interface JsonEditorProps {
  readonly label: string;
  /** Kept in step with the editor, both ways. */
  readonly text: Signal<string>;
  /** Marked at their paths, such as `value/@if`. */
  readonly issues?: readonly Advice[];
}

const noIssues: readonly Advice[] = [];

/** An editor for JSON that marks what is wrong. */
export function JsonEditor({ label, text, issues = noIssues }: JsonEditorProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(issues);
  latest.current = issues;

  // One editor for as long as it is shown
  useEffect(() => {
    if (host.current === null) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: text.peek(), extensions: extensions(label, text, latest) }),
    });
    view.current = editor;
    // At once, not with the next rendering: by then somebody may have typed on.
    const stop = effect(() => {
      const insert = text.value;
      if (editor.state.doc.toString() === insert) return;
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert } });
    });
    return () => {
      stop();
      editor.destroy();
    };
  }, []);
  const key = JSON.stringify(issues);
  // Looked at again when there are other issues
  useEffect(() => view.current?.dispatch({ effects: issuesChanged.of(null) }), [key]);

  return <div ref={host} class="editor" />;
}

const issuesChanged = StateEffect.define<null>();

const extensions = (label: string, text: Signal<string>, issues: { readonly current: readonly Advice[] }) => [
  minimalSetup,
  json(),
  linter(
    (editor) => {
      const doc = editor.state.doc.toString();
      return isJson(doc) ? issues.current.map(diagnosticIn(doc)) : jsonParseLinter()(editor);
    },
    {
      delay: 200,
      needsRefresh: ({ transactions }) =>
        transactions.some(({ effects }) => effects.some((one) => one.is(issuesChanged))),
    },
  ),
  lintGutter(),
  syntaxHighlighting(classHighlighter),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
  EditorView.cspNonce.of(document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? ''),
  EditorView.updateListener.of((update) => {
    if (update.docChanged) text.value = update.state.doc.toString();
  }),
];

const diagnosticIn =
  (text: string) =>
  ({ message, path = '', fix }: Advice): Diagnostic => ({
    ...rangeOf(
      text,
      path.split('/').filter((part) => part !== ''),
    ),
    severity: 'error',
    message: fix === undefined ? message : `${message} ${fix}`,
  });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
