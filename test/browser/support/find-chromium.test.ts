import { describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';

const windows = { PROGRAMFILES: 'C:/Programs', LOCALAPPDATA: 'C:/Local' };
const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

describe('findChromium', () => {
  it.each([
    {
      title: 'Debian',
      platform: 'linux',
      files: ['/usr/bin/chromium', '/usr/bin/google-chrome'],
      found: /bin.chromium$/,
    },
    { title: 'Chrome on Linux', platform: 'linux', files: ['/usr/bin/google-chrome'], found: /google-chrome$/ },
    { title: 'macOS', platform: 'darwin', files: [mac], found: /Google Chrome$/ },
    { title: 'Windows', platform: 'win32', variables: windows, files: /^C:.Local/, found: /^C:.Local.+chrome.exe$/ },
    { title: 'a chosen one', platform: 'linux', variables: { CHROMIUM_PATH: '/opt/c' }, files: /./, found: /^.opt.c$/ },
  ] as const)('finds $title', ({ platform, files, found, ...rest }) => {
    const variables = 'variables' in rest ? rest.variables : {};
    const exists = (path: string): boolean =>
      files instanceof RegExp ? files.test(path) : files.some((file) => file === path);

    expect(findChromium(variables, platform, exists)).toMatch(found);
  });

  it.each(['linux', 'darwin', 'win32', 'aix'] as const)('finds none on %s without one', (platform) => {
    expect(findChromium(windows, platform, () => false)).toBeUndefined();
  });

  it('does not take another than the chosen one', () => {
    const exists = (path: string): boolean => path === '/usr/bin/chromium';

    expect(() => findChromium({ CHROMIUM_PATH: '/opt/c' }, 'linux', exists)).toThrow(
      'CHROMIUM_PATH names no file: /opt/c. Set it to the path of a Chromium, or unset it.',
    );
  });
});
