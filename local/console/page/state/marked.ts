import { signal } from '@preact/signals';

/** Paths of the field that is being looked at, to be lit in the event and in what is sent. */
export const marked = signal<{ readonly event: ReadonlySet<string>; readonly sent: ReadonlySet<string> } | undefined>(
  undefined,
);
