import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../../local/console/server/guard.ts';

const own = { host: '127.0.0.1:3000', 'x-console': '1' };

describe('refusalOf', () => {
  it.each([
    { title: 'a page that is opened by its address', method: 'GET', headers: { host: '127.0.0.1:3000' } },
    { title: 'localhost', method: 'GET', headers: { host: 'localhost:3000' } },
    {
      title: 'a link on another site',
      method: 'GET',
      headers: { host: '127.0.0.1:3000', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    },
    {
      title: 'a change by the page',
      method: 'POST',
      headers: { ...own, origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' },
    },
    { title: 'a change by a program that sends the header', method: 'POST', headers: own },
  ])('lets through $title', ({ method, headers }) => {
    expect(refusalOf({ method, headers })).toBeUndefined();
  });

  it.each([
    {
      title: 'a foreign name for this machine',
      method: 'GET',
      headers: { host: 'evil.example:3000' },
      says: 'by another name',
    },
    {
      title: 'a name that only begins like it',
      method: 'GET',
      headers: { host: '127.0.0.1.evil.example' },
      says: 'by another name',
    },
    { title: 'no host', method: 'GET', headers: {}, says: 'by another name' },
    {
      title: 'another site that reads',
      method: 'GET',
      headers: { host: '127.0.0.1:3000', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      says: 'Another site',
    },
    {
      title: 'another port of this machine',
      method: 'POST',
      headers: { ...own, origin: 'http://127.0.0.1:4000' },
      says: 'Another site',
    },
    { title: 'a site of no origin', method: 'POST', headers: { ...own, origin: 'null' }, says: 'Another site' },
    {
      title: 'a form, which cannot send the header',
      method: 'POST',
      headers: { host: '127.0.0.1:3000' },
      says: 'x-console',
    },
    {
      title: 'a navigation that would change something',
      method: 'POST',
      headers: { ...own, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
      says: 'Another site',
    },
  ])('refuses $title', ({ method, headers, says }) => {
    expect(refusalOf({ method, headers })).toContain(says);
  });
});
