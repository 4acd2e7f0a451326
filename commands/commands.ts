import type { Command } from './kit/define-command.ts';

/** Every command of the operations command line, loaded when it is asked for. A new one is a line here and one in `package.json`. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  console: async () => (await import('./console/console.ts')).consoleCommand,
  cost: async () => (await import('./cost/cost.ts')).cost,
  datasets: async () => (await import('./datasets/datasets.ts')).datasets,
  'dead-letters': async () => (await import('./dead-letters/dead-letters.ts')).deadLetters,
  dedup: async () => (await import('./dedup/dedup.ts')).dedup,
  doctor: async () => (await import('./doctor/doctor.ts')).doctor,
  events: async () => (await import('./events/events.ts')).events,
  mcp: async () => (await import('./mcp/mcp.ts')).mcp,
  preview: async () => (await import('./preview/preview-command.ts')).previewCommand,
  quality: async () => (await import('./quality/quality.ts')).quality,
  rollback: async () => (await import('./rollback/rollback-command.ts')).rollbackCommand,
  'token:set': async () => (await import('./token/token-set.ts')).tokenSet,
  'write-key': async () => (await import('./write-key/write-key.ts')).writeKey,
};
