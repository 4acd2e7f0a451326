import { markdownTable } from '../../commands/kit/table.ts';
import { actions } from '../../shared/meta/actions/actions.ts';
import { commonFields } from '../../shared/meta/actions/common-fields.ts';
import type { Field, Fields, FieldType } from '../../shared/meta/event/field.ts';
import { helpOf } from '../../shared/meta/members/field-help.ts';
import { type MappedMember, memberTable } from '../../shared/meta/members/member-table.ts';
import { pages } from '../../shared/meta/members/pages.ts';
import { describeDefault } from './describe-default.ts';

/** Objects of fields that have a table of their own, by the name of the field, with their place below `fields`. */
const holders = {
  user_data: 'user_data',
  app_data_field: 'app_data_field',
  contents: 'contents',
  original_event_data: 'original_event_data',
  attribution_data: 'attribution_data',
  attribution_setting: 'attribution_data.attribution_setting',
  messaging_outcome_data: 'messaging_outcome_data',
} as const;

/** Tables of fields by the name they are marked with in the document. Objects with members have a table of their own. */
export const actionTables: Readonly<Record<string, () => string>> = {
  'fields of every action': () => fieldTable('fields', '', commonFields),
  ...Object.fromEntries(
    Object.entries(holders).map(([holder, path]) => [
      `fields of ${holder}`,
      () => fieldTable(holder, `${path}.`, fieldsAt(path.split('.'))),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(actions).map(([name, { fields }]) => [
      `fields of ${name}`,
      () => fieldTable('fields', '', ownFields(fields)),
    ]),
  ),
};

const fieldsAt = (steps: readonly string[]): Fields =>
  steps.reduce<Fields>((fields, step) => fields[step]?.properties ?? {}, actions.custom.fields);

function ownFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(commonFields, name)));
}

const members: ReadonlyMap<string, MappedMember> = new Map(
  memberTable.flatMap((row) => (row.how === 'mapping' ? [[row.path, row]] : [])),
);

/** Columns that some tables have nothing in are left out of these. */
function fieldTable(holder: string, above: string, fields: Fields): string {
  const names = Object.keys(fields);
  if (names.length === 0) return 'No fields of its own.';
  const columns = names.map((name) => {
    const field = fields[name] as Field;
    const member = members.get(`${above}${name}`);
    return {
      field: `\`${name}\``,
      'what it is': help(holder, name, field),
      type: typeOf(field),
      'at Meta': member === undefined || member.member === name ? '' : `\`${member.member}\``,
      hashed: member?.hashed === true ? 'yes' : '',
      required: field.required ? 'yes' : '',
      default: field.default === undefined ? '' : describeDefault(field.default),
      choices: (field.choices ?? []).map((choice) => `\`${choice}\``).join(', '),
    };
  });
  const titles = Object.keys(columns[0] ?? {}) as (keyof (typeof columns)[number])[];
  const used = titles.filter((title) => columns.some((row) => row[title] !== ''));
  return markdownTable(
    used,
    columns.map((row) => used.map((title) => row[title])),
  );
}

/** Help of a field, with the title of Meta's page of it, which {@link pageLinks} makes a link. */
function help(holder: string, name: string, { label }: Field): string {
  const { text, page } = helpOf(holder, name) ?? { text: label };
  return page === undefined ? text : `${text} [${pages[page].title}]`;
}

/** Targets of the links of all tables: in the cells they would hide the words. */
export function pageLinks(): string {
  const tables = Object.values(actionTables).map((table) => table());
  const used = Object.values(pages).filter(({ title }) => tables.some((table) => table.includes(`[${title}]`)));
  return used.map(({ title, url }) => `[${title}]: ${url}`).join('\n');
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
