import * as z from 'zod';
import { closest } from '../../shared/lib/closest.ts';

/** One option of a command: how it is written, what the help says of it, and how its value is read. */
export interface Option<Value> {
  readonly kind: 'flag' | 'text' | 'texts';
  /** Stands for the value in the help, such as `<name>`; empty for a flag. */
  readonly value: string;
  readonly help: string;
  /**
   * Reads what stands on the command line: true, a text or a list of texts, and undefined where the option is left out.
   * Its messages follow the option and its value: `--port "x" is no port`.
   */
  readonly schema: z.ZodType<Value>;
}

/** Options by the name that the code uses; `eventsQueue` is written `--events-queue`. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** Values that the options of a table read as. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never;
};

/** An option without a value. */
export const flag = (help: string): Option<boolean> => ({
  kind: 'flag',
  value: '',
  help,
  schema: z.boolean().default(false),
});

/** An option with a value, given at most once. */
export function text(value: string, help: string): Option<string | undefined>;
export function text<Value>(value: string, help: string, schema: z.ZodType<Value>): Option<Value>;
export function text(value: string, help: string, schema: z.ZodType = z.string().optional()): Option<unknown> {
  return { kind: 'text', value, help, schema };
}

/** An option that may be given several times. */
export function texts(value: string, help: string): Option<readonly string[] | undefined>;
export function texts<Value>(value: string, help: string, schema: z.ZodType<Value>): Option<Value>;
export function texts(
  value: string,
  help: string,
  schema: z.ZodType = z.array(z.string()).optional(),
): Option<unknown> {
  return { kind: 'texts', value, help, schema };
}

/** A text that may not be left out. */
export const required = z.string('is missing');

/** A number such as `20`, `2.5` or `1e3` within bounds. */
export const numberFrom = (least: number, most: number) => reading(numberOf, least, most, 'a number');

/** The same without a fraction. */
export const wholeNumberFrom = (least: number, most: number) => reading(wholeNumberOf, least, most, 'a whole number');

const numberOf = (given: string): number => (/^\d+(\.\d+)?(e\d+)?$/i.test(given) ? Number(given) : Number.NaN);
const wholeNumberOf = (given: string): number => {
  const number = numberOf(given);
  return Number.isInteger(number) ? number : Number.NaN;
};

const reading = (read: (given: string) => number, least: number, most: number, what: string) =>
  required.transform((given, { addIssue }) => {
    const number = read(given);
    if (number >= least && number <= most) return number;
    addIssue(`is not ${what} from ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}`);
    return z.NEVER;
  });

/** One of some names. A near miss is told what was meant. */
export const oneOf = <Name extends string>(names: readonly Name[]) =>
  z.string(`is missing: ${names.join(', ')}`).transform((given, { addIssue }) => {
    const name = names.find((each) => each === given);
    if (name !== undefined) return name;
    const meant = closest(given, names);
    addIssue(`is not one of ${names.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
    return z.NEVER;
  });

/** An address that starts with `http://` or `https://`. */
export const url = (what: string) =>
  required.refine((given) => URL.canParse(given) && /^https?:\/\//.test(given), `is not the URL of ${what}`);
