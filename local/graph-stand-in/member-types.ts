import * as z from 'zod';
import type { Field, FieldType } from '../../shared/meta/event/field.ts';
import { type MappedMember, type MetaObject, memberTable } from '../../shared/meta/members/member-table.ts';

const text = z.string();
/** A number also as text: a sample of the page on app events has `"142.52"`. */
const amount = z.union([z.number(), z.string().regex(/^\d+(?:\.\d+)?$/)]);
const anyObject = z.looseObject({});

const types: Readonly<Record<FieldType, z.ZodType>> = {
  amount,
  boolean: z.boolean(),
  clickId: text,
  count: z.int(),
  currency: text,
  integer: z.int(),
  leadId: z.int(),
  number: z.number(),
  object: anyObject,
  productId: text,
  products: anyObject,
  share: z.number(),
  status: z.union([text, z.boolean()]),
  text,
  time: z.int(),
};

/** A flag of `app_data`. */
const flag = z.union([z.literal(0), z.literal(1)]);

function typeOf({ type, choices, multiple }: Field, object: MetaObject): z.ZodType {
  if (type === 'boolean' && object === 'app_data') return flag;
  if (choices !== undefined && typeof choices[0] === 'string') return z.enum(choices as readonly string[]);
  if (multiple !== true) return types[type];
  return type === 'productId' ? z.union([types[type], z.array(types[type])]) : z.array(types[type]);
}

const rows = memberTable.filter((row): row is MappedMember => row.how === 'mapping');

/** The documented members of an object, each of its type or null, as the table of members has them. */
export const membersOf = (object: MetaObject): Readonly<Record<string, z.ZodType>> =>
  Object.fromEntries(
    rows
      .filter((row) => row.object === object && !row.member.includes('['))
      .map(({ member, field }) => [member, typeOf(field, object).nullish()]),
  );
