import { ParamBuilder } from 'capi-param-builder-nodejs';
import { describe, expect, it } from 'vitest';
import { clickIds, clickIn, type IdStore } from '../../../browser/click-ids.ts';

// Meta's own library writes the same cookies from a server: an oracle for their form, domain, life and for what replaces what.
const now = Date.now();
const old = `fb.1.${now - 86_400_000}.OLDclick`;

/** A cookie that was set: its name and value without the time and Meta's appendix, its domain and life. */
interface Written {
  readonly name: string;
  readonly index: string;
  readonly payload: string;
  readonly domain: string;
  readonly maxAge: number;
}

const written = (name: string, value: string, domain: string, maxAge: number): Written => {
  const [, index = '', , payload = ''] = value.split('.');
  return { name, index, payload: name === '_fbp' ? 'random' : payload, domain, maxAge };
};

function theirs(domain: string, host: string, fbclid: string | undefined, cookies: Record<string, string>): Written[] {
  const builder = new ParamBuilder([domain]);
  return builder
    .processRequest(host, fbclid === undefined ? {} : { fbclid }, cookies)
    .map((each) => written(each.name, each.value, each.domain, each.maxAge));
}

function ours(domain: string, host: string, fbclid: string | undefined, cookies: Record<string, string>): Written[] {
  const jar = new Map(Object.entries(cookies));
  const set: Written[] = [];
  const document = {
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    set cookie(text: string) {
      const [, name = '', value = '', given = '', maxAge] =
        /^(\w+)=([^;]+);domain=([^;]+);.*max-age=(\d+)/.exec(text) ?? [];
      // Browsers take no cookie for a public suffix.
      if (given.length < domain.length) return;
      jar.set(name, value);
      set.push(written(name, value, given, Number(maxAge)));
    },
  };
  const store: IdStore = { document, storage: undefined, location: { hostname: host, protocol: 'https:' } };
  clickIds(store, clickIn(fbclid === undefined ? '' : `?fbclid=${fbclid}`, now), now, true);
  return set;
}

const sorted = (list: readonly Written[]): Written[] =>
  [...list].sort((one, other) => one.name.localeCompare(other.name));

describe("cookies against Meta's parameter builder", () => {
  it.each([
    ['a first click', 'shop.example', 'www.shop.example', 'IwAR2F4-AbC_d', {}],
    ['a name of three labels', 'shop.co.uk', 'www.shop.co.uk', 'IwAR2F4-AbC_d', {}],
    ['no click', 'shop.example', 'shop.example', undefined, {}],
    ['a newer click', 'shop.example', 'shop.example', 'NEWclick', { _fbc: old, _fbp: `fb.1.${now}.12345` }],
    [
      'the same click',
      'shop.example',
      'shop.example',
      'OLDclick',
      { _fbc: `${old}.AQQBAQID`, _fbp: `fb.1.${now}.12345.AQQBAQID` },
    ],
  ])('are the same for %s', (_, domain, host, fbclid, cookies) => {
    expect(sorted(ours(domain, host, fbclid, cookies as Record<string, string>))).toEqual(
      sorted(theirs(domain, host, fbclid, cookies as Record<string, string>)).filter(
        // It sets cookies again only to put its appendix on them.
        ({ name }) => !(name === '_fbp' && '_fbp' in cookies),
      ),
    );
  });
});
