import { jsonOrNothing } from '../../../../shared/lib/json/json-or-nothing.ts';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { SentAnswer } from '../../server/wire.ts';
import { announce } from '../state/announce.ts';
import { ask } from '../state/api.ts';
import { destination, eventText, preview } from '../state/draft.ts';
import { setup } from '../state/store.ts';
import { pretty } from './format.ts';
import { isObject } from './is-object.ts';

/** Two ways out: the event the way of every event, or exactly the previewed payload as a test event. */
export function SendPanel(): JSX.Element {
  const at = destination.value;
  const now = preview.value;
  const outcome = 'explained' in now ? now.explained.outcome : undefined;
  const json = outcome?.status === 'ready' ? outcome.json : undefined;
  const event = jsonOrNothing(eventText.value);
  const testEventCode = useSignal(at?.testEventCode ?? 'TEST12345');
  const answer = useSignal<
    { readonly title: string; readonly answer: SentAnswer } | { readonly problem: string } | undefined
  >(undefined);
  const isBusy = useSignal(false);

  const send = async (title: string, path: string, body: unknown) => {
    isBusy.value = true;
    try {
      const got = await ask<SentAnswer>(path, body);
      answer.value = { title, answer: got };
      announce(`${title} answered ${got.status}.`);
    } catch (error) {
      answer.value = { problem: (error as Error).message };
      announce((error as Error).message);
    } finally {
      isBusy.value = false;
    }
  };

  const standIn = setup.value?.isStandIn === true ? ' (the local stand-in)' : '';
  return (
    <section class="pane send" aria-label="Send">
      <header>
        <h2>Send</h2>
      </header>
      <div class="send-ways">
        <div class="send-way">
          <p>
            <b>The event through the pipeline.</b> The endpoint takes it with the write key, and the configured mappings
            decide what is sent: the mapping above counts for nothing.
          </p>
          <button
            type="button"
            disabled={isBusy.value || !isObject(event)}
            onClick={() => void send('The endpoint', 'send', { event })}
          >
            Send through the pipeline
          </button>
        </div>
        <div class="send-way">
          <p>
            <b>This payload as a test event.</b>{' '}
            {`The server posts exactly the server event beside to the Graph API${standIn}, past the queue.`}
          </p>
          <label>
            <span>Test event code</span>
            <input
              type="text"
              class="code"
              spellcheck={false}
              autocomplete="off"
              value={testEventCode.value}
              onInput={({ currentTarget }) => {
                testEventCode.value = currentTarget.value;
              }}
            />
          </label>
          <button
            type="button"
            disabled={isBusy.value || at === undefined || json === undefined || testEventCode.value.trim() === ''}
            onClick={() =>
              void send('The Graph API', 'test-event', {
                json,
                destination: at?.name,
                testEventCode: testEventCode.value,
              })
            }
          >
            Send as test event
          </button>
        </div>
      </div>
      {answer.value === undefined ? undefined : (
        <div class="send-answer">
          {'problem' in answer.value ? (
            <p class="callout dead">{answer.value.problem}</p>
          ) : (
            <>
              <p>{`${answer.value.title} answered ${answer.value.answer.status}:`}</p>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region */}
              <pre class="directive" tabIndex={0}>
                {pretty(answer.value.answer.body)}
              </pre>
            </>
          )}
        </div>
      )}
    </section>
  );
}
