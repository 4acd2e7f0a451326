import { checkFields } from './actions/check-fields.ts';
import { checkMinimise } from './check-minimise.ts';
import type { Checks } from './compile-checked-destinations.ts';

/** Everything that is looked at when a configuration is loaded. */
export const loadChecks: Checks = { checkFields, checkDestination: checkMinimise };
