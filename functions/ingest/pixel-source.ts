import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Config } from '../../shared/config/config.ts';
import type { PixelScript, PixelSource } from '../../shared/ingest/request.ts';

/** Files that pages ask for, loaded when the first one does: a function that serves none pays nothing for it. */
export function pixelSource(config: Config): PixelSource {
  let script: Promise<PixelScript> | undefined;
  const programs = new Map<string, Promise<unknown>>();
  const isAsked = Object.values(config.destinations).some(({ pixel }) => pixel !== undefined);
  return {
    script: () => {
      script ??= readScript();
      return script;
    },
    programOf: (source) => {
      const known = programs.get(source) ?? (isAsked ? writeProgram(config, source) : Promise.resolve(undefined));
      programs.set(source, known);
      return known;
    },
  };
}

async function readScript(): Promise<PixelScript> {
  const { pixelScript: text } = await import('./pixel-script.ts');
  const digest = createHash('sha384').update(text).digest('base64');
  return { text, gzip: gzipSync(text, { level: 9 }).toString('base64'), etag: `"${digest.slice(0, 27)}"` };
}

async function writeProgram(config: Config, source: string): Promise<unknown> {
  const { pixelProgramOf } = await import('../../shared/meta/pixel/pixel-program-of.ts');
  return pixelProgramOf(config, source);
}
