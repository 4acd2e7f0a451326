import { useEffect, useRef } from 'preact/hooks';
import type { Stage } from '../../server/wire.ts';
import { isHelpOpen } from '../state/shortcuts.ts';
import { StageTag } from './stage-tag.tsx';

const keys: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['j', '↓'], 'next event'],
  [['k', '↑'], 'event before'],
  [['Enter'], 'open the event'],
  [['Esc'], 'back to the stream, or out of a field'],
  [['/'], 'filter the stream'],
  [['p'], 'pause or resume'],
  [['1', '2', '3', '4', '5', '6', '7'], 'stream, tester, dead letters, balance, history, duplicates, quality'],
  [['?'], 'this help'],
];

const meanings: readonly (readonly [Stage, string])[] = [
  ['queued', 'on the queue'],
  ['mapping', 'handed to the deliver function'],
  ['delivered', 'the Graph API took it'],
  ['waiting', 'refused for now, back on the queue for another try'],
  ['skipped', 'nothing to be sent, for a reason'],
  ['dead', 'given up with a reason; it can be redriven'],
  ['rejected', 'refused at the endpoint, kept as a dead letter'],
];

export function HelpDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => {
    isHelpOpen.value = false;
  };
  return (
    <dialog ref={dialog} class="dialog help" aria-labelledby="help-title" onClose={close}>
      <h2 id="help-title">Keyboard and colours</h2>
      <dl class="keys">
        {keys.map(([names, does]) => (
          <div key={does}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <dl class="meanings">
        {meanings.map(([stage, meaning]) => (
          <div key={stage}>
            <dt>
              <StageTag stage={stage} />
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <div class="dialog-actions">
        <button type="button" class="primary" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  );
}
