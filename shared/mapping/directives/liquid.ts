import { readText } from '../arguments.ts';
import { maxLiquidLength } from '../limits.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { constant, type Directive, dynamic, fault } from '../compile-context.ts';

/** `{"@liquid": "{{ properties.name | upcase }}"}`: the template rendered against the event, always text. */
export const liquidDirective: Directive = (argument, context) => {
  const template = readText(argument, context, 0, maxLiquidLength);
  if (!template) return constant(template);
  if (!context.liquid) return fault(context, 'needs the Liquid engine, which was not loaded');
  let render: (scope: object) => string;
  try {
    render = context.liquid.compile(template);
  } catch (error) {
    return fault(context, error instanceof Error ? error.message : 'is not a valid template');
  }
  return dynamic((input) => {
    try {
      return render(typeof input === 'object' && input !== null ? input : {});
    } catch {
      // The engine's own message may quote the event.
      throw new MappingResolveError(context.path, 'the template could not be rendered for this event');
    }
  });
};
