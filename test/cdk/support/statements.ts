import { list, ofType, type ResourceJson, type TemplateJson } from './template.ts';

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** A policy statement, and the resource of the template that carries it. */
export interface Placed {
  readonly id: string;
  readonly type: string;
  /** Roles, queues or topics it is for. */
  readonly target: unknown;
  readonly statement: Statement;
}

const documents: readonly { type: string; of: (properties: ResourceJson['Properties']) => readonly unknown[] }[] = [
  { type: 'AWS::IAM::Policy', of: ({ PolicyDocument }) => [PolicyDocument] },
  {
    type: 'AWS::IAM::Role',
    of: ({ Policies }) => list<{ PolicyDocument: unknown }>(Policies).map(({ PolicyDocument }) => PolicyDocument),
  },
  { type: 'AWS::SQS::QueuePolicy', of: ({ PolicyDocument }) => [PolicyDocument] },
  { type: 'AWS::SNS::TopicPolicy', of: ({ PolicyDocument }) => [PolicyDocument] },
  { type: 'AWS::KMS::Key', of: ({ KeyPolicy }) => [KeyPolicy] },
  { type: 'AWS::SecretsManager::ResourcePolicy', of: ({ ResourcePolicy }) => [ResourcePolicy] },
];

/** Every statement of every policy in a template. */
export const statementsOf = (template: TemplateJson): readonly Placed[] =>
  documents.flatMap(({ type, of }) =>
    ofType(template, type).flatMap(([id, { Properties }]) =>
      of(Properties).flatMap((document) =>
        list((document as { Statement: Statement | readonly Statement[] }).Statement).map((statement) => ({
          id,
          type,
          target: Properties.Roles ?? Properties.Queues ?? Properties.Topics ?? { Ref: id },
          statement,
        })),
      ),
    ),
  );
