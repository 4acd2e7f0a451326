import { batch } from '@preact/signals';
import type { StreamMessages } from '../../server/wire.ts';
import { takeConfiguration } from './configuration.ts';
import { connection, mergeLines, replaceLines, status } from './store.ts';

/** The run of the server that is followed. */
let followed: string | undefined;

const againAfterMs = 1_000;

/** Keeps the store up to date, and connects again whenever that breaks. After a restart of the server all begins anew. */
export function followStream(): void {
  const source = new EventSource('/console/api/stream');
  const on = <Name extends keyof StreamMessages>(name: Name, take: (data: StreamMessages[Name]) => void): void => {
    source.addEventListener(name, ({ data }: MessageEvent<string>) => batch(() => take(JSON.parse(data))));
  };
  on('reset', ({ run, lines }) => {
    followed ??= run;
    if (run !== followed) location.reload();
    connection.value = 'live';
    replaceLines(lines);
  });
  on('lines', mergeLines);
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
