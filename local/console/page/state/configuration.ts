import { signal } from '@preact/signals';
import type { ConfigurationNews, Setup } from '../../server/wire.ts';
import { announce } from './announce.ts';
import { ask } from './api.ts';
import { setup } from './store.ts';

export const configuration = signal<ConfigurationNews | undefined>(undefined);
/** Last change of the configuration, until the reader has had time to see it. */
export const changedNotice = signal<string | undefined>(undefined);

const noticeMs = 12_000;

/** Takes up what the server says of its configuration, and asks for what the page shows of it. */
export async function takeConfiguration(news: ConfigurationNews): Promise<void> {
  const before = configuration.peek();
  configuration.value = news;
  if (news.problem !== undefined) announce('The changed configuration is not valid.');
  else if (before !== undefined && before.version !== news.version) tell(`Configuration changed: ${news.summary}.`);
  else if (before?.problem !== undefined) tell(`Configuration as before: ${news.summary}.`);
  if (setup.peek()?.version === news.version) return;
  // Without an answer the connection is gone as well: with the next one comes the news again.
  const answer = await ask<Setup>('setup').catch(() => undefined);
  if (answer !== undefined) setup.value = answer;
}

function tell(text: string): void {
  changedNotice.value = text;
  announce(text);
  setTimeout(() => {
    if (changedNotice.peek() === text) changedNotice.value = undefined;
  }, noticeMs);
}
