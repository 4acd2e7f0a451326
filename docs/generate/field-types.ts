import { actions } from '../../shared/meta/actions/actions.ts';
import { commonFields } from '../../shared/meta/actions/common-fields.ts';
import type { Field, Fields } from '../../shared/meta/event/field.ts';
import { helpOf } from '../../shared/meta/members/field-help.ts';
import { memberTable } from '../../shared/meta/members/member-table.ts';
import { pages } from '../../shared/meta/members/pages.ts';
import { describeDefault } from './describe-default.ts';

const head = `// Made by \`npm run docs\` from the table of members: change that instead.
import type { ChoiceValue, ListValue, ObjectValue } from './mapping-value.ts';
`;

const hashed: ReadonlySet<string> = new Set(
  memberTable.flatMap((row) => (row.how === 'mapping' && row.hashed ? [row.path] : [])),
);

/** Types of the fields of every action, with their help as comments, which editors show while a mapping is written. */
export function fieldTypes(): string {
  const interfaces = new Map<string, string>();
  const own = Object.entries(actions).map(([name, { fields }]) => {
    const type = `${upperFirst(name)}Fields`;
    const others = Object.entries<Field>(fields).filter(([field]) => !Object.hasOwn(commonFields, field));
    interfaces.set(type, `extends CommonFields ${members(Object.fromEntries(others), 'fields', interfaces)}`);
    return `readonly ${name}: ${type};`;
  });
  const common = members(commonFields, 'fields', interfaces);
  return [
    head,
    `/** Fields that every action has. */\nexport interface CommonFields ${common}`,
    ...[...interfaces].map(([type, body]) => `export interface ${type} ${body}`),
    `/** The fields of each action. */\nexport interface FieldsByAction {\n${own.join('\n')}\n}\n`,
  ].join('\n\n');
}

function members(fields: Fields, holder: string, interfaces: Map<string, string>): string {
  const lines = Object.entries(fields).map(([name, field]) => {
    return `${comment(field, holder, name)}\nreadonly ${name}?: ${typeOf(field, name, interfaces)};`;
  });
  return `{\n${lines.join('\n')}\n}`;
}

function typeOf({ choices, properties, type }: Field, name: string, interfaces: Map<string, string>): string {
  if (properties !== undefined) {
    const inner = typeNames[name] ?? `${upperFirst(name)}Fields`;
    if (!interfaces.has(inner)) interfaces.set(inner, members(properties, name, interfaces));
    return `${type === 'products' ? 'ListValue' : 'ObjectValue'}<${inner}>`;
  }
  if (choices === undefined) return 'unknown';
  return `ChoiceValue<${choices.map((choice) => (typeof choice === 'number' ? choice : `'${choice}'`)).join(' | ')}>`;
}

const typeNames: Readonly<Record<string, string>> = {
  user_data: 'UserDataFields',
  app_data_field: 'AppDataFields',
  contents: 'ContentFields',
  original_event_data: 'OriginalEventFields',
  attribution_data: 'AttributionFields',
  attribution_setting: 'AttributionSettingFields',
};

function comment(field: Field, holder: string, name: string): string {
  const help = helpOf(holder, name);
  const lines = [
    help?.text ?? field.label,
    ...(hashed.has(`${holder}.${name}`) ? ['Normalised and sent as SHA-256.'] : []),
    ...(field.required ? ['Required.'] : []),
    ...(field.default === undefined ? [] : [`Default: ${describeDefault(field.default)}.`]),
    ...(help?.page === undefined ? [] : ['', `@see ${pages[help.page].url}`]),
  ];
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`;
}

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
