import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './settings-from-template.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** A logical id without the parts the CDK adds, or the literal the template has in its place. */
const nameOf = (reference: unknown): string => {
  if (typeof reference === 'string') return reference;
  const { Ref: ref, 'Fn::GetAtt': attribute } = reference as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  const logicalId = ref ?? attribute?.[0];
  return logicalId?.replace(/^Pipeline/, '').replace(/[0-9A-F]{8}$/, '') ?? JSON.stringify(reference);
};

/** Every `<action> on <resource>` of the roles whose logical id holds a word, sorted; from policies of their own or inline. */
export function permissionsOf(template: Template, roleWord: string): readonly string[] {
  const separate = resourcesOf(template, 'AWS::IAM::Policy')
    .filter(([, { Properties }]) => list(Properties['Roles']).some((role) => nameOf(role).includes(roleWord)))
    .map(([, { Properties }]) => Properties['PolicyDocument']);
  const inline = resourcesOf(template, 'AWS::IAM::Role')
    .filter(([id]) => id.includes(roleWord))
    .flatMap(([, { Properties }]) => (Properties['Policies'] ?? []) as { PolicyDocument: unknown }[])
    .map(({ PolicyDocument }) => PolicyDocument);

  return [...separate, ...inline]
    .flatMap((document) => (document as { Statement: readonly Statement[] }).Statement)
    .flatMap(({ Action, Resource }) =>
      list(Action).flatMap((action) => list(Resource).map((each) => `${action} on ${nameOf(each)}`)),
    )
    .sort();
}
