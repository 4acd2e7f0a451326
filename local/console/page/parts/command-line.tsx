import type { JSX } from 'preact';
import { CopyButton } from './copy-button.tsx';

/** A line for a terminal, and a button that copies it. */
export const CommandLine = ({ command }: { readonly command: string }): JSX.Element => (
  <span class="command-line">
    <code>{command}</code>
    <CopyButton text={command} label="command" />
  </span>
);
