import { actions } from '../../shared/meta/actions/actions.ts';
import { commonFields } from '../../shared/meta/actions/common-fields.ts';
import type { Field, Fields, FieldType } from '../../shared/meta/event/field.ts';
import { describeDefault } from './describe-default.ts';
import { markdownTable } from '../../commands/kit/table.ts';

const { user_data: userData, app_data_field: appData } = commonFields;
const { contents } = actions.purchase.fields;

/** Tables of fields by the name they are marked with in the document. Objects with members have a table of their own. */
export const actionTables: Readonly<Record<string, () => string>> = {
  'fields of every action': () => fieldTable(commonFields),
  'fields of user_data': () => fieldTable(userData.properties),
  'fields of app_data_field': () => fieldTable(appData.properties),
  'fields of contents': () => fieldTable(contents?.properties),
  ...Object.fromEntries(
    Object.entries(actions).map(([name, { fields }]) => [`fields of ${name}`, () => fieldTable(ownFields(fields))]),
  ),
};

function ownFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(commonFields, name)));
}

function fieldTable(fields: Fields = {}): string {
  const rows = Object.entries(fields).map(([name, field]) => [
    `\`${name}\``,
    typeOf(field),
    field.required ? 'yes' : '',
    field.default === undefined ? '' : describeDefault(field.default),
    (field.choices ?? []).map((choice) => `\`${choice}\``).join(', '),
  ]);
  return rows.length === 0
    ? 'No fields of its own.'
    : markdownTable(['field', 'type', 'required', 'default', 'choices'], rows);
}

const typeNames: Readonly<Partial<Record<FieldType, string>>> = {
  clickId: 'text or `{fbclid, observed_at_ms, subdomain_index}`',
  currency: 'currency code',
  productId: 'product id',
  products: 'product line',
  status: 'text or boolean',
};

const typeOf = ({ type, multiple }: Field): string => {
  const name = typeNames[type] ?? type;
  return multiple === true ? `list of ${name}` : name;
};
