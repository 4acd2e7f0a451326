import { compileTextOrDirective, readOptions, readSwitch, readText } from '../arguments.ts';
import { bounded } from '../excess.ts';
import type { JsonObject } from '../json-type.ts';
import { maxChangedLength, maxReplaceLength } from '../limits.ts';
import { below, constant, type Directive, dynamic, fault, type CompileContext } from '../compile-context.ts';

type Replace = (text: string) => string;

/**
 * `{"@replace": {"pattern": "-", "replacement": "_", "value": …}}`: literal text for literal text, everywhere and
 * in that letter case unless `global` and `ignorecase` say otherwise; `pattern2` is applied to the result.
 *
 * @returns numbers and booleans as text; `''` for anything else that is not text. Text is cut at {@link maxChangedLength}
 */
export const replaceDirective: Directive = (argument, context) => {
  const options = readOptions(argument, context);
  if (!options) return constant(undefined);
  const first = compileReplace(options, 'pattern', 'replacement', context);
  const second = options['pattern2'] ? compileReplace(options, 'pattern2', 'replacement2', context) : undefined;
  if (options['value'] === undefined) return fault(context, 'should have "value"');
  if (options['value'] === '') return constant(undefined);

  const operand = compileTextOrDirective(options['value'], below(context, 'value'));
  return dynamic((input) => {
    const value = operand.run(input);
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    if (typeof text !== 'string') return '';
    const changed = first(bounded(text, maxChangedLength));
    return second ? second(changed) : changed;
  });
};

function compileReplace(
  options: JsonObject,
  patternKey: string,
  replacementKey: string,
  context: CompileContext,
): Replace {
  const pattern = readText(options[patternKey], below(context, patternKey), 1, maxReplaceLength) ?? '';
  const replacement =
    readText(options[replacementKey] ?? '', below(context, replacementKey), 0, maxReplaceLength) ?? '';
  const ignoresCase = readSwitch(options['ignorecase'], below(context, 'ignorecase'), false);
  const isGlobal = readSwitch(options['global'], below(context, 'global'), true);
  // The pattern is escaped to the letter, so matching takes linear time whatever the text.
  const literal = pattern.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const expression = new RegExp(literal, `${isGlobal ? 'g' : ''}${ignoresCase ? 'i' : ''}`);
  return (text) => text.replace(expression, () => replacement);
}
