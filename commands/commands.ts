import type { Command } from './kit/define-command.ts';

/** Every command of the operations command line, loaded when it is asked for. A new one is a line here and one in `package.json`. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  cost: async () => (await import('./cost/cost.ts')).cost,
  datasets: async () => (await import('./datasets/datasets.ts')).datasets,
  'dead-letters': async () => (await import('./dead-letters/dead-letters.ts')).deadLetters,
  doctor: async () => (await import('./doctor/doctor.ts')).doctor,
  events: async () => (await import('./events/events.ts')).events,
  preview: async () => (await import('./preview/preview-command.ts')).previewCommand,
  rollback: async () => (await import('./rollback/rollback-command.ts')).rollbackCommand,
  'token:set': async () => (await import('./token/token-set.ts')).tokenSet,
  'write-key': async () => (await import('./write-key/write-key.ts')).writeKey,
};
