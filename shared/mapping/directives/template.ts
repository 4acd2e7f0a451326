import { compileTextOrDirective, expectText } from '../arguments.ts';
import { asText } from '../as-text.ts';
import { bounded } from '../excess.ts';
import { maxTextLength, maxWrittenLength } from '../limits.ts';
import { compilePath } from '../path.ts';
import { constant, type Directive, dynamic, type CompileContext, type Run } from '../compile-context.ts';
import { parseTemplate } from '../template.ts';

/** `{"@template": "Hi {{properties.name}}"}`: text with values in it; what is missing or null leaves nothing. Cut at {@link maxTextLength}. */
export const templateDirective: Directive = (argument, context) => {
  if (typeof argument !== 'string') {
    const operand = compileTextOrDirective(argument, context);
    return dynamic((input) => {
      const template = bounded(expectText(operand.run(input), context), maxWrittenLength);
      return compileTemplate(template, context)(input);
    });
  }
  const parts = parseTemplate(argument);
  if (parts.every((part) => typeof part === 'string')) return constant(parts.join(''));
  const [only] = parts;
  const run = compileTemplate(argument, context);
  return parts.length === 1 && typeof only === 'object' ? { run, isConstant: false, textAt: only } : dynamic(run);
};

function compileTemplate(template: string, context: CompileContext): Run {
  const parts = parseTemplate(template).map((part) => (typeof part === 'string' ? part : compilePath(part)));
  return (input) => {
    let text = '';
    for (const part of parts) {
      text += typeof part === 'string' ? part : asText(part(input), context.path);
      if (text.length > maxTextLength) break;
    }
    return bounded(text, maxTextLength);
  };
}
