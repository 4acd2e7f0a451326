import { signal } from '@preact/signals';

/** What a screen reader is told: results of what the reader did, never the stream itself. */
export const announcement = signal('');

export const announce = (text: string): void => {
  announcement.value = text;
};
