import { type Directive, fault } from '../place.ts';

/** `{"@literal": …}`: the value itself; directives inside it are still resolved. */
export const literalDirective: Directive = (argument, place) =>
  argument === undefined ? fault(place, 'should have a value') : place.compile(argument, place);
