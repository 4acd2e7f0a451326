import { readText } from '../arguments.ts';
import { maxLiquidLength } from '../limits.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { constant, type Directive, dynamic, fault } from '../place.ts';

/** `{"@liquid": "{{ properties.name | upcase }}"}`: the template rendered against the event, always text. */
export const liquidDirective: Directive = (argument, place) => {
  const template = readText(argument, place, 0, maxLiquidLength);
  if (!template) return constant(template);
  if (!place.liquid) return fault(place, 'needs the Liquid engine, which was not loaded');
  let render: (scope: object) => string;
  try {
    render = place.liquid.compile(template);
  } catch (error) {
    return fault(place, error instanceof Error ? error.message : 'is not a valid template');
  }
  return dynamic((input) => {
    try {
      return render(typeof input === 'object' && input !== null ? input : {});
    } catch {
      // The engine's own message may quote the event.
      throw new MappingResolveError(place.path, 'the template could not be rendered for this event');
    }
  });
};
