import type { JsonObject } from '../../mapping/json-type.ts';
import type { WarningCode } from '../../reasons/warnings.ts';
import type { Action } from '../event/action.ts';
import { Diagnosed } from '../event/diagnosed.ts';
import type { Field } from '../event/field.ts';
import { fieldReader } from '../event/read-field.ts';
import type { Warning } from '../event/warning.ts';
import { bestEvent } from './best-event.ts';
import { alternativesOf, constantOf } from './constant-of.ts';
import type { CheckFields, FieldFault } from './field-fault.ts';
import { nearestNames } from './nearest-names.ts';
import { type WrittenField, writtenFields, writtenObjects } from './written-fields.ts';

/**
 * Fields that can never be sent, whatever the event: required fields without a value, plain values that are none of their field, and
 * whatever even the best event that the mapping can make is refused for, or loses.
 */
export const hopelessFields: CheckFields = (action, mapping) => {
  const faults = [...missing(action, mapping), ...[...writtenFields(action.fields, mapping)].flatMap(hopelessField)];
  const paths = new Set(faults.map(({ path }) => path));
  return [...faults, ...faultsOfBest(action, mapping).filter(({ path }) => !paths.has(path))];
};

function missing({ fields }: Action, mapping: JsonObject): FieldFault[] {
  return Object.entries<Field>(fields).flatMap(([name, { required, choices }]) => {
    const value = mapping[name];
    if (required === undefined || (value !== undefined && value !== null && value !== '')) return [];
    const which = choices === undefined ? '' : `, one of ${choices.join(', ')}`;
    return [{ path: name, message: `is required: no event goes without it; map it to a value${which}` }];
  });
}

function hopelessField({ field, value, path, holder }: WrittenField): FieldFault[] {
  // Product lines are read as a whole.
  if (field === undefined || field.type === 'products' || holder === 'contents') return [];
  if (field.properties !== undefined && writtenObjects(value).length > 0) return [];
  const messages = alternativesOf(value).flatMap((each) => {
    const constant = constantOf(each);
    return constant === undefined ? [] : (hopeless(field, constant) ?? []);
  });
  return [...new Set(messages)].map((message) => ({ path, message }));
}

/** Why a field cannot be read from a constant. */
function hopeless(field: Field, constant: unknown): string | undefined {
  const { substitute: _, properties: __, ...rest } = field;
  const read = fieldReader({ ...rest, required: true }, { name: field.label })(constant, true);
  if (!(read instanceof Diagnosed)) return undefined;
  const [problem] = read.problems;
  if (problem === undefined) return undefined;
  const meant = field.choices === undefined ? undefined : meantChoice(field.choices.map(String), constant);
  return `can never be sent: ${problem.message}${meant === undefined ? '' : ` Did you mean "${meant}"?`}`;
}

function meantChoice(choices: readonly string[], constant: unknown): string | undefined {
  if (typeof constant !== 'string') return undefined;
  return nearestNames(constant, choices)[0] ?? choices.find((choice) => choice.startsWith(constant));
}

function faultsOfBest(action: Action, mapping: JsonObject): FieldFault[] {
  const best = bestEvent(action, mapping);
  if ('skipped' in best) return [];
  const problems = 'problems' in best ? best.problems : [];
  return [
    ...problems.map(({ path = '', message }) => ({ path, message: `no event can be sent: ${message}` })),
    ...best.warnings.filter(isLoss).map(({ path, message }) => ({ path, message: `can never be sent: ${message}` })),
  ];
}

const losses: ReadonlySet<WarningCode> = new Set([
  ...(['click_id_malformed', 'content_left_out', 'cookie_malformed', 'currency_left_out', 'field_left_out'] as const),
  'match_key_left_out',
]);

/** A digest may be anybody's, or nobody's: whoever wrote it knows. */
const isLoss = (warning: Warning): boolean =>
  losses.has(warning.code) && !(warning.code === 'match_key_left_out' && warning.reason === 'digest_of_nobody');
