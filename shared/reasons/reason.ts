/** Rows of a family by code: stable, in snake case, as answers, dead letters, logs and filters carry it. */
export type ReasonRows = Readonly<Record<string, ReasonRow>>;

/** Texts of one reason. Both name fields of an event, never a value; `{name}` stands for what {@link fill} puts there. */
export interface ReasonRow {
  readonly message: string;
  /** The next thing to do. */
  readonly fix: string;
  /** The same reason said more exactly: the texts that differ, by case. */
  readonly cases?: Readonly<Record<string, Partial<Pick<ReasonRow, 'message' | 'fix'>>>>;
}

/** Names that stand in braces. */
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** A text with the values of its names. A name without a value does not compile. */
export const fill = <const Text extends string>(
  text: Text,
  values: Readonly<Record<NamesIn<Text>, string | number>>,
): string => text.replace(/\{(\w+)\}/g, (_, name: NamesIn<Text>) => String(values[name]));

/** Codes of a table of messages, in which `code.case` says a code more exactly. */
export type CodeOf<Messages> = Exclude<keyof Messages & string, `${string}.${string}`>;
