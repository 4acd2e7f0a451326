import { batch } from '@preact/signals';
import type { StreamMessages } from '../../server/wire.ts';
import { takeConfiguration } from './configuration.ts';
import { connection, forgetLines, heldAt, isFromBefore, mergeLines, status } from './store.ts';

/** The run of the server that is followed. */
let followed: string | undefined;

const againAfterMs = 1_000;

/** Keeps the store up to date, and connects again whenever that breaks. After a restart of the server all begins anew. */
export function followStream(): void {
  const source = new EventSource('/console/api/stream');
  const on = <Name extends keyof StreamMessages>(name: Name, take: (data: StreamMessages[Name]) => void): void => {
    source.addEventListener(name, ({ data }: MessageEvent<string>) => batch(() => take(JSON.parse(data))));
  };
  on('reset', ({ run }) => {
    followed ??= run;
    connection.value = 'live';
    if (run !== followed) {
      // What the reader holds stays: its numbers mean other events by now.
      if (heldAt.peek() === undefined) location.reload();
      else isFromBefore.value = true;
      return;
    }
    forgetLines();
  });
  on('lines', (changed) => {
    if (!isFromBefore.peek()) mergeLines(changed);
  });
  on('status', (next) => {
    status.value = next;
  });
  on('configuration', (news) => void takeConfiguration(news));
  source.addEventListener('error', () => {
    connection.value = 'lost';
    // The browser goes on trying by itself only if nobody answered; a server that is starting answers with an error.
    source.close();
    setTimeout(followStream, againAfterMs);
  });
}
