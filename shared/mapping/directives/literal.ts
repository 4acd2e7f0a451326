import { type Directive, fault } from '../compile-context.ts';

/** `{"@literal": …}`: the value itself; directives inside it are still resolved. */
export const literalDirective: Directive = (argument, context) =>
  argument === undefined ? fault(context, 'should have a value') : context.compile(argument, context);
