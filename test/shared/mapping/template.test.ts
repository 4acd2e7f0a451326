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

  // Were the time not in proportion to the text, these would take hours.
  it.each(['{', '{{', '{{a}', '}}', '{{ '])('comes to the end of a long text of %j', { timeout: 600_000 }, (part) => {
    const text = part.repeat(200_000);

    expect(parseTemplate(text)).toEqual([text]);
  });
});
