import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';

const Saved = z.object({
  /** When the replay began: what came later is no part of it. */
  startedAt: z.number(),
  span: z.object({ from: z.number(), to: z.number() }),
  sent: z.number(),
  /** Everything up to this event is done with. */
  after: z.object({ t: z.number(), id: z.string() }).optional(),
  /** Something behind it was being sent when this was written: whether it arrived is not known. */
  sending: z.boolean(),
});
export type SavedPosition = z.infer<typeof Saved>;

/** How far a replay has come, on the disk, so that it goes on there after it was stopped or killed. */
export interface ReplayPosition {
  read(): SavedPosition | undefined;
  write(saved: SavedPosition): void;
  remove(): void;
  readonly file: string;
}

/** @param wanted what the replay is about: another one has a position of its own */
export function replayPosition(root: string, wanted: unknown): ReplayPosition {
  const name = hash('sha256', JSON.stringify(wanted)).slice(0, 16);
  const file = resolve(root, '.local', 'replays', `${name}.json`);
  return {
    file,
    read() {
      if (!existsSync(file)) return undefined;
      try {
        return Saved.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
      } catch {
        return undefined;
      }
    },
    write(saved) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.part`, JSON.stringify(saved), { mode: 0o600 });
      renameSync(`${file}.part`, file);
    },
    remove: () => rmSync(file, { force: true }),
  };
}
