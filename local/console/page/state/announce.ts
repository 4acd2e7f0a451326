import { signal } from '@preact/signals';

/** Text for screen readers: results of what the reader did, never the stream itself. */
export const announcement = signal('');

export const announce = (text: string): void => {
  announcement.value = text;
};
