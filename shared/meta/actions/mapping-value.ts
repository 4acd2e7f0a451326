/** Any directive of a mapping, such as `{ '@path': '$.properties.total' }`. */
export type Directive = { readonly [name: `@${string}`]: unknown };

/** One of some values, or a directive that gives one. */
export type ChoiceValue<Choice> = Choice | Directive | null | undefined;

/** Branches of a condition that both give such a value. */
interface Condition<Value> {
  readonly '@if': {
    readonly exists?: unknown;
    readonly blank?: unknown;
    readonly then?: Value;
    readonly else?: Value;
  };
}

/** Directives that say nothing of the members of what they give. */
type Opaque =
  | { readonly '@path': unknown }
  | { readonly '@case': unknown }
  | { readonly '@excludeWhenNull': unknown }
  | { readonly '@flatten': unknown }
  | { readonly '@json': unknown }
  | { readonly '@liquid': unknown }
  | { readonly '@transform': unknown };

/** An object of fields, or a directive that gives one; names in it are checked wherever they are written out. */
export type ObjectValue<Fields> =
  | Fields
  | Opaque
  | Condition<ObjectValue<Fields>>
  | { readonly '@literal': ObjectValue<Fields> }
  | { readonly '@merge': { readonly direction?: unknown; readonly objects: readonly ObjectValue<Fields>[] } }
  | null
  | undefined;

/** A list of such objects, the shape of the items of a list of the event, or a directive that gives one. */
export type ListValue<Fields> =
  | ObjectValue<Fields>
  | readonly ObjectValue<Fields>[]
  | Condition<ListValue<Fields>>
  | { readonly '@literal': ListValue<Fields> }
  | { readonly '@arrayPath': readonly [list: unknown, shape?: ObjectValue<Fields>] };
