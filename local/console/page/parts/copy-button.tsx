import { useSignal } from '@preact/signals';
import { announce } from '../state/announce.ts';
import { Icon } from './icons.tsx';

export interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  /** On the button. */
  readonly title?: string;
}

export function CopyButton({ text, label, title = '' }: CopyButtonProps) {
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    copied.value = true;
    announce(`${label} copied.`);
    setTimeout(() => {
      copied.value = false;
    }, 1_500);
  };
  return (
    <button
      type="button"
      class="quiet"
      aria-label={title === '' ? `Copy ${label}` : `Copy ${title}: ${label}`}
      onClick={copy}
    >
      <Icon name={copied.value ? 'check' : 'copy'} />
      <span>{copied.value ? 'Copied' : `Copy ${title}`.trim()}</span>
    </button>
  );
}
