import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../shared/mapping/template.ts';

describe('parseTemplate', () => {
  it.each([
    ['', []],
    ['plain', ['plain']],
    ['{{a.b}}', [['a', 'b']]],
    ['x{{ a }}y', ['x', ['a'], 'y']],
    ['{{a}}{{b}}', [['a'], ['b']]],
    ['{{{a}}}', [['a']]],
    ['{{{a}}} and {{b}}', [['a'], ' and ', ['b']]],
    ['{{{{a}}}}', [['{a'], '}']],
    ['{{ {{a}} }}', [['{{a'], ' }}']],
    ['{{ }}', [[]]],
    ['a{{}}b', ['a{{}}b']],
    ['{{}}{{a}}', ['{{}}', ['a']]],
    ['{{a}', ['{{a}']],
    ['{{a} {{b}}', ['{{a} ', ['b']]],
    ['{{a', ['{{a']],
    ['{a}', ['{a}']],
    ['a}}', ['a}}']],
  ])('%s is cut into %j', (template, parts) => {
    expect(parseTemplate(template)).toEqual(parts);
  });

  it('takes time in proportion to the text', () => {
    const started = performance.now();

    parseTemplate('{'.repeat(200_000));
    parseTemplate('{{a}'.repeat(100_000));

    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
