/** A synthesized template as CloudFormation would read it, as far as policies look at it. */
export interface TemplateJson {
  readonly Resources: Record<string, ResourceJson>;
}

export interface ResourceJson {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is what CloudFormation takes, and tests weaken it by hand.
  Properties: any;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  UpdatePolicy?: unknown;
}

/** Breaches of a policy by a template, one line each; none when it keeps the policy. */
export type Policy = (template: TemplateJson) => readonly string[];

/** The resources of one type, by logical id. */
export const ofType = ({ Resources }: TemplateJson, type: string): readonly (readonly [string, ResourceJson])[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

export const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

/** Whether a value of the template refers to a resource, however deep. */
export const refersTo = (value: unknown, logicalId: string): boolean =>
  JSON.stringify(value ?? null).includes(`"${logicalId}"`);
