import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemberReader, type MemberReader } from '../../../../../shared/lib/json/reader/member-reader.ts';
import { MemberTree, project } from '../../../../../shared/lib/json/reader/member-tree.ts';
import { sourceHash } from '../../../../../shared/lib/json/reader/scan-code.ts';

const names = ['a', 'b', 'list', 'größe', '', 'a rather long name, of more than sixteen bytes', 'constructor', '0'];
const paths = fc.array(fc.constantFrom(...names), { maxLength: 3 });

const trees = fc
  .tuple(
    fc.array(paths, { maxLength: 6 }),
    fc.array(fc.tuple(paths, fc.array(paths, { minLength: 1, maxLength: 3 })), { maxLength: 3 }),
    fc.array(paths, { maxLength: 1 }),
  )
  .map(([wanted, lists, others]) => {
    const tree = new MemberTree();
    for (const steps of wanted) if (steps.length > 0) tree.add(steps);
    for (const [steps, shapes] of lists) {
      const shape = new MemberTree();
      for (const each of shapes) shape.add(each);
      if (steps.length > 0) tree.addItems(steps, shape);
    }
    for (const steps of others) if (steps.length > 0) tree.addList(steps);
    return tree;
  });

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '"', '\\', '\u0001', '\ud800', 'x\udc00', '😀é漢', '\u2028', 'a'.repeat(50), '\\u0041'),
);
const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(0, -0, 2 ** 53, 2 ** 53 + 2, 1e21, 5e-324, 0.1, 249.99, 123456789012345, 1234567890123456),
);
const keys = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...names) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);

const { document: documents } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(texts, numbers, fc.constantFrom(null, true, false)),
    fc.array(tie('document'), { maxLength: 4 }),
    fc.dictionary(keys, tie('document'), { maxKeys: 6, noNullPrototype: true }),
  ),
}));

/** The written forms of one document: dense, spread over lines, and with more escapes than are needed. */
const written = fc
  .tuple(documents, fc.constantFrom<string | number | undefined>(undefined, 1, '\t'), fc.boolean())
  .map(([document, space, isEscaped]) => {
    const json = JSON.stringify(document, undefined, space);
    return isEscaped ? json.replace(/[^ -~]|\//g, escaped) : json;
  });
const escaped = (character: string): string =>
  character < ' ' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Undefined where the reader is unsure. */
const fast = (json: string, tree: MemberTree) => readWith(createMemberReader(tree), json);

function readWith(reader: MemberReader, json: string): { readonly value: unknown; readonly rest: string } | undefined {
  if (!reader.open(json)) return undefined;
  try {
    const value = reader.read();
    return { value, rest: json.slice(reader.place) };
  } catch {
    return undefined;
  }
}

function parsedOrNothing(json: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(json) };
  } catch {
    return undefined;
  }
}

describe('the reader of members', () => {
  test('finds what the general rule finds, whatever the document and the tree', () => {
    let sure = 0;
    fc.assert(
      fc.property(fc.array(written, { minLength: 8, maxLength: 12 }), trees, (documents, tree) => {
        const reader = createMemberReader(tree);
        for (const json of documents) {
          const found = readWith(reader, json);
          if (found === undefined) continue;
          sure++;
          // Absent members are undefined: equality of values, not of the objects' keys.
          expect(found.value).toEqual(project(JSON.parse(json), tree));
          expect(found.rest.trim()).toBe('');
        }
      }),
      { seed: 71, numRuns: 150 },
    );
    expect(sure).toBeGreaterThan(800);
  });

  test('takes nothing that is not JSON', () => {
    const signs = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '.',
      'e',
      't',
      'n',
      ' ',
      '\u0000',
      '\n',
      '\u0007',
    );
    const damages = fc.tuple(fc.nat(), fc.nat({ max: 2 }), fc.oneof(signs, fc.constant('')));
    let refused = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(written, damages), { minLength: 8, maxLength: 12 }), trees, (documents, tree) => {
        const reader = createMemberReader(tree);
        for (const [json, [place, cut, sign]] of documents) {
          const from = place % (json.length + 1);
          const damaged = json.slice(0, from) + sign + json.slice(from + cut);
          const found = readWith(reader, damaged);
          const parsed = parsedOrNothing(damaged);
          if (parsed === undefined) {
            refused++;
            // A value that ends before the text does is one, and the rest shows that the whole is none.
            if (found !== undefined) expect(found.rest.trim()).not.toBe('');
          } else if (found !== undefined) expect(found.value).toEqual(project(parsed.value, tree));
        }
      }),
      { seed: 72, numRuns: 250 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });

  test.each([
    ['a wanted member that is there twice', '{"a":1,"a":2}'],
    ['a key with escapes', '{"\\u0061":1}'],
    ['nesting beyond its memory', `{"b":${'['.repeat(1_100)}${']'.repeat(1_100)}}`],
    ['a text without an end', '{"b":"'],
    ['a control character', '{"b":"\u0001"}'],
    ['an escape that JSON does not know', '{"b":"\\x"}'],
    ['an escape that is no number', '{"b":"\\u00g0"}'],
    ['a number with a leading zero', '{"b":01}'],
    ['a number without digits behind the point', '{"b":1.}'],
    ['a word that is none', '{"b":nul}'],
    ['a comma before the end', '{"b":1,}'],
    ['a bracket of the other kind', '{"b":[1}}'],
    ['nothing', ''],
  ])('leaves %s to the general way', (_, json) => {
    expect(fast(json, new MemberTree().add(['a']))).toBeUndefined();
  });

  test('reads values one behind the other, in UTF-16 units', () => {
    const reader = createMemberReader(new MemberTree().add(['a']));
    const first = '{"a":"é😀","b":"漢"}';
    reader.open(`${first},{"a":"ü"}]`);
    expect(reader.read()).toEqual({ a: 'é😀' });
    expect(reader.place).toBe(first.length);
    reader.step(1);
    expect(reader.read()).toEqual({ a: 'ü' });
    expect(reader.place).toBe(`${first},{"a":"ü"}`.length);
  });

  test('refuses a text that does not fit, and reads the next', () => {
    const reader = createMemberReader(new MemberTree().add(['a']));
    expect(reader.open(`"${'x'.repeat(1_100_000)}"`)).toBe(false);
    expect(reader.open('{"a":1}')).toBe(true);
    expect(reader.read()).toEqual({ a: 1 });
  });

  test('gives up on a list of more items than it has memory for', () => {
    const shape = new MemberTree().add(['a']);
    const reader = createMemberReader(new MemberTree().addItems(['list'], shape));
    reader.open(JSON.stringify({ list: Array.from({ length: 20_000 }, () => ({ a: 1 })) }));
    expect(() => reader.read()).toThrow();
  });

  test('is what its source compiles to', () => {
    const source = readFileSync(resolve('shared/lib/json/reader/scan.as.ts'));
    expect(hash('sha256', source), 'run `npm run scan-code`').toBe(sourceHash);
  });
});

describe('the tree of members', () => {
  test('a list whose own members are wanted is taken whole', () => {
    const tree = new MemberTree().add(['list', '0', 'a']).addItems(['list'], new MemberTree().add(['b']));
    const list = [{ a: 1, b: 2, c: 3 }];
    expect(project({ list, other: 1 }, tree)).toEqual({ list });
  });

  test('one object counts as a list of one', () => {
    const tree = new MemberTree().addItems(['list'], new MemberTree().add(['b']));
    expect(project({ list: { b: 2, c: 3 } }, tree)).toEqual({ list: { b: 2 } });
    expect(project({ list: [{ b: 2, c: 3 }, 5] }, tree)).toEqual({ list: [{ b: 2 }, 5] });
  });

  test('what may be a list in another form is taken whole', () => {
    const tree = new MemberTree().addItems(['list'], new MemberTree().add(['b'])).addList(['list']);
    expect(project({ list: [{ b: 2, c: 3 }, 5] }, tree)).toEqual({ list: [{ b: 2 }, 5] });
    expect(project({ list: { 0: { b: 2, c: 3 } } }, tree)).toEqual({ list: { 0: { b: 2, c: 3 } } });
  });

  test('nothing is a member under the name of the prototype', () => {
    const tree = new MemberTree().add(['__proto__', 'a']).add(['a', '__proto__']);
    expect(project(JSON.parse('{"__proto__":{"a":1},"a":{"b":1}}'), tree)).toEqual({});
  });
});
