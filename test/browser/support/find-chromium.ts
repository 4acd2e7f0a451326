import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Chromium and Chrome are installed by their usual packages. */
const usualPaths: Partial<Record<NodeJS.Platform, (variables: NodeJS.ProcessEnv) => readonly string[]>> = {
  linux: () =>
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) => `/usr/bin/${name}`),
  darwin: () => ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: (variables) =>
    ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .flatMap((name) => variables[name] ?? [])
      .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

/**
 * The browser that tests use: `CHROMIUM_PATH`, else what is installed.
 *
 * @returns its path, or undefined when there is none
 * @throws Error when `CHROMIUM_PATH` names no file
 */
export function findChromium(
  variables: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  const chosen = variables['CHROMIUM_PATH'];
  if (chosen === undefined || chosen === '') return usualPaths[platform]?.(variables).find(exists);
  if (exists(chosen)) return chosen;
  throw new Error(`CHROMIUM_PATH names no file: ${chosen}. Set it to the path of a Chromium, or unset it.`);
}
