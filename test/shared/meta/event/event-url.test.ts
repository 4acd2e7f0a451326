import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventUrl, generalEventUrl, plainEventUrl } from '../../../../shared/meta/event/event-url.ts';

describe('eventUrl', () => {
  it.each([
    'https://shop.example',
    'http://shop.example/a?b=c#d',
    'HTTPS://Shop.example/a',
    'https://localhost:3000/',
    'https://undefined.example/',
    'https://shop.example/?q=two words',
    'https://[2001:db8::1]/',
    'https://[2001:db8::1]:8443',
    'https://user:secret@shop.example:8443/a',
    'https://шоп.example/ä?x=<y>',
    'http://shop_1.example?q',
  ])('takes %j as it is', (url) => {
    expect(eventUrl(url)).toBe(url);
  });

  it('cuts the blanks around it', () => {
    expect(eventUrl(' https://shop.example/ \n')).toBe('https://shop.example/');
  });

  it.each([
    ...['', ' ', '/settings', 'shop.example/a', '//shop.example/a', 'about:blank', 'file:///Users/ann/x.html'],
    ...[
      'capacitor://localhost/',
      'android-app://com.example.shop',
      'chrome-extension://abc/x.html',
      'blob:https://a.example/1',
    ],
    ...[
      'https://',
      'https:///a',
      'https://?q',
      'https://#a',
      'http:/shop.example',
      'javascript:alert(1)',
      'xhttps://a.example',
    ],
    ...[
      'data:text/html,x',
      'https:\\\\shop.example',
      'https://[object Object]',
      'https://<script>',
      'https://a b.example/',
    ],
    ...[
      'https://{{host}}/',
      'https://@/',
      'https://undefined/a',
      'http://null:80',
      'http://:80/',
      'https://./',
      'https://%20/',
    ],
  ])('takes no %j', (url) => {
    expect(eventUrl(url)).toBeUndefined();
  });
});

describe('plainEventUrl', () => {
  it('fast equals general', () => {
    const piece = fc.constantFrom(
      'https://',
      'HTTPS://',
      'http://',
      'a',
      'null',
      '-',
      '%',
      '/',
      '?',
      '#',
      ' ',
      '\n',
      '\u00a0',
      '[',
      '.',
      'é',
    );
    const url = fc.oneof(
      fc.webUrl(),
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
    );

    fc.assert(
      fc.property(url, (raw) => {
        expect(plainEventUrl(raw) ?? generalEventUrl(raw)).toBe(generalEventUrl(raw));
      }),
      { numRuns: 500, seed: 13_008 },
    );
  });
});
