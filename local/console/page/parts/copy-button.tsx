import { useSignal } from '@preact/signals';
import { announce } from '../state/announce.ts';
import { Icon } from './icons.tsx';

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
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
    <button type="button" class="quiet" aria-label={`Copy ${label}`} onClick={copy}>
      <Icon name={copied.value ? 'check' : 'copy'} />
      <span>{copied.value ? 'Copied' : 'Copy'}</span>
    </button>
  );
}
