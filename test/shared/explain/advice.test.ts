import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actions } from '../../../shared/actions/actions.ts';
import { fixes } from '../../../shared/actions/problem.ts';
import { userDataFields } from '../../../shared/actions/user-data-fields.ts';
import { problemAdvice, warningAdvice } from '../../../shared/explain/advice.ts';
import { hashedKeys, plainKeys } from '../../../shared/explain/match-key-names.ts';
import { skipReasons } from '../../../shared/explain/skip-reasons.ts';
import { matchKeyFixes } from '../../../shared/explain/warning-rules.ts';
import { normalisers } from '../../../shared/meta/match-keys.ts';

const root = resolve(import.meta.dirname, '../../..');
const sources = new Map(
  ['shared/actions', 'shared/meta', 'shared/pipeline']
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .map((file) => [file, readFileSync(resolve(root, file), 'utf8')]),
);
const found = (pattern: RegExp, folder: string): string[] =>
  [...sources].flatMap(([file, text]) =>
    file.startsWith(folder) ? [...text.matchAll(pattern)].map(([, match = '']) => match) : [],
  );

const subject = { fields: actions.standard.fields, mapping: {} };

/** A text of every place in the mapper that warns. */
const warnings = [
  ['The currency is not an ISO 4217 code. It was left out.', 'currency_left_out'],
  ['A website event needs the user agent of the browser.', 'user_agent_missing'],
  ['A website event should carry the URL of its page.', 'event_source_url_missing'],
  ['The match keys of the event are too broad for Meta to accept it.', 'user_data_insufficient'],
  ['referrer_url: personal data was taken out.', 'personal_data_removed'],
  ['custom_data: personal data was taken out in 2 places.', 'personal_data_removed'],
  ['subscriptionID: personal data was taken out.', 'personal_data_removed'],
  ['event_name: personal data was taken out.', 'personal_data_removed'],
  ['event_id: personal data was taken out.', 'personal_data_removed'],
  ['app_data_field: personal data was taken out.', 'personal_data_removed'],
  ['Product 2 must have an id. It was left out.', 'content_left_out'],
  ['Value was left out: it is not a number.', 'field_left_out'],
  ['email was left out: not an email address.', 'match_key_left_out'],
  ['email was left out: neither text nor a number.', 'match_key_left_out'],
  ['email: looks like an MD5 digest: Meta documents SHA-256 only.', 'match_key_md5'],
  ['fbp was left out: it is not well formed.', 'cookie_malformed'],
  ['client_ip_address was left out: it is not a public address.', 'ip_address_left_out'],
] as const;

describe('advice on warnings', () => {
  it('knows every place that warns: a new one needs a rule, and a line here', () => {
    expect(found(/\b(warnings\.push)\(/g, 'shared')).toHaveLength(warnings.length);
  });

  it.each(warnings)('"%s" is %s and has a fix', (message, code) => {
    const advice = warningAdvice(message, subject);

    expect(advice).toEqual({ code, message, path: expect.any(String), fix: expect.stringMatching(/\.$/) });
  });

  it.each([
    ['Product 1 must be an object. It was left out.', 'contents[0]'],
    ['Product 1 must have a whole number as quantity. It was left out.', 'contents[0].quantity'],
    ['Product 3 must have a number as price. It was left out.', 'contents[2].item_price'],
    [
      'Product 1 must have one of in_store, curbside, home_delivery as delivery category. It was left out.',
      'contents[0].delivery_category',
    ],
    ['Number of Items was left out: it is not a whole number.', 'num_items'],
    ['dateOfBirth was left out: not a date of birth.', 'user_data.dateOfBirth'],
    ['fbc does not look like the fbc cookie.', 'user_data.fbc'],
  ])('"%s" is about %s', (message, path) => {
    expect(warningAdvice(message, subject)).toMatchObject({ path, fix: expect.stringMatching(/\.$/) });
  });

  it.each([
    ...Object.values(normalisers).map(({ otherwise }) => otherwise),
    ...found(/\bdropped: '([^']+)'/g, 'shared/meta/match-keys.ts'),
    ...found(/\bdigestOfNothing = '([^']+)'/g, 'shared/meta/hash.ts'),
  ])('a match key left out as "%s" has a fix of its own', (reason) => {
    expect(matchKeyFixes).toHaveProperty([reason]);
  });

  it('passes on what it does not know', () => {
    expect(warningAdvice('Something new.', subject)).toEqual({ message: 'Something new.' });
  });
});

describe('advice on problems', () => {
  const codes = [...new Set(found(/\bcode: '([a-z_]+)'/g, 'shared/actions'))].filter((code) => code in fixes);

  it('finds the codes in the source', () => {
    expect(codes).toContain('currency_invalid');
    expect(Object.keys(fixes)).toEqual(expect.arrayContaining(codes));
  });

  it.each(Object.keys(fixes) as (keyof typeof fixes)[])('%s has a fix', (code) => {
    expect(problemAdvice({ code, message: 'Anything.' }, subject).fix).toMatch(/\.$/);
  });

  it.each([
    ['field_missing', 'The required field event_name is missing.', 'event_name'],
    ['field_invalid', 'Email must be text.', 'user_data.email'],
    ['field_invalid', 'Every item of Content IDs must be text.', 'content_ids'],
    ['field_invalid', 'Delivery Category must be one of in_store, curbside, home_delivery.', 'delivery_category'],
    ['content_invalid', 'Product 2 must have a number as price.', 'contents[1].item_price'],
    ['mapping_failed', '/custom_data/v/@path: expected text, got a number', 'custom_data.v'],
  ] as const)('%s, "%s" is about %s', (code, message, path) => {
    expect(problemAdvice({ code, message }, subject).path).toBe(path);
  });
});

describe('reasons to skip', () => {
  it.each(Object.entries(skipReasons))('%s has a message and a fix', (_, { message, fix }) => {
    expect([message, fix]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
  });
});

describe('names of match keys', () => {
  it('are known for every member of user_data', () => {
    const known = [...Object.keys(hashedKeys), ...Object.keys(plainKeys), 'fullName'];

    expect(known.toSorted()).toEqual(Object.keys(userDataFields).toSorted());
  });
});
