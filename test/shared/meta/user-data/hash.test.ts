import { describe, expect, it } from 'vitest';
import { existingDigest } from '../../../../shared/meta/user-data/hash.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';

const sha256 = '62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f';
const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const md5 = '5d41402abc4b2a76b9719d911017c592';
const md5OfNothing = 'd41d8cd98f00b204e9800998ecf8427e';

describe('sha256Hex', () => {
  it.each([
    { text: 'john_smith@gmail.com', digest: sha256 },
    { text: '', digest: sha256OfNothing },
    { text: '정', digest: '8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14' },
  ])('hashes the UTF-8 bytes of "$text"', ({ text, digest }) => {
    expect(sha256Hex(text)).toBe(digest);
  });
});

describe('existingDigest', () => {
  it.each([
    { title: 'keeps a SHA-256 digest', value: sha256, digest: sha256 },
    { title: 'lower-cases a SHA-256 digest', value: sha256.toUpperCase(), digest: sha256 },
    {
      title: 'keeps a digest with a long appendix byte for byte',
      value: `${sha256}.AQQAAQIB`,
      digest: `${sha256}.AQQAAQIB`,
    },
    {
      title: 'keeps an upper-case digest with an appendix',
      value: `${sha256.toUpperCase()}.Bg`,
      digest: `${sha256.toUpperCase()}.Bg`,
    },
  ])('$title', ({ value, digest }) => {
    expect(existingDigest(value)).toEqual({ digest });
  });

  it('keeps an MD5 digest in lower case and warns', () => {
    expect(existingDigest(md5.toUpperCase())).toEqual({ digest: md5, warning: 'match_key_md5' });
  });

  it.each([sha256OfNothing, sha256OfNothing.toUpperCase(), md5OfNothing, `${sha256OfNothing}.AQQAAQIB`])(
    'drops %s, the digest of nothing',
    (value) => {
      expect(existingDigest(value)).toEqual({ dropped: 'digest_of_nobody' });
    },
  );

  it.each([
    { title: 'one digit short', value: sha256.slice(1) },
    { title: 'one digit long', value: `${sha256}0` },
    { title: 'not hexadecimal', value: `g${sha256.slice(1)}` },
    { title: 'part of a longer text', value: `id ${sha256}` },
    { title: 'followed by an unknown appendix', value: `${sha256}.AA` },
    { title: 'followed by a line feed', value: `${sha256}\n` },
    { title: 'an MD5 digest with an appendix', value: `${md5}.AQQAAQIB` },
  ])('does not take for a digest what is $title', ({ value }) => {
    expect(existingDigest(value)).toBeUndefined();
  });
});
