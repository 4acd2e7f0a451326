import { compileTextOrDirective, expectText } from '../arguments.ts';
import { asText } from '../as-text.ts';
import { maxTextLength } from '../limits.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { walk } from '../path.ts';
import { constant, type Directive, dynamic } from '../place.ts';
import { parseTemplate, type TemplatePart } from '../template.ts';

/** `{"@template": "Hi {{properties.name}}"}`: text with values in it; what is missing or null leaves nothing. */
export const templateDirective: Directive = (argument, place) => {
  const render = (parts: readonly TemplatePart[], input: unknown): string => {
    let text = '';
    for (const part of parts) {
      text += typeof part === 'string' ? part : asText(walk(input, part), place.path);
      if (text.length > maxTextLength) {
        throw new MappingResolveError(place.path, `the text would be longer than ${maxTextLength} characters`);
      }
    }
    return text;
  };
  if (typeof argument !== 'string') {
    const operand = compileTextOrDirective(argument, place);
    return dynamic((input) => render(parseTemplate(expectText(operand.run(input), place)), input));
  }
  const parts = parseTemplate(argument);
  return parts.every((part) => typeof part === 'string')
    ? constant(parts.join(''))
    : dynamic((input) => render(parts, input));
};
