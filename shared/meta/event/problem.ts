import { fill } from '../../reasons/reason.ts';
import { type ProblemCode, problems } from '../../reasons/problems.ts';

/** Why one event became no server event for one mapping. Names fields, never their values. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  /** Field of the mapping that it is about: `user_data.email`, `contents[0].id`. None where it is about the whole. */
  readonly path?: string;
}

/** @param name of a field that no event of the action goes without */
export const fieldMissing = (name: string): Problem => ({
  code: 'field_missing',
  path: name,
  message: fill(problems.field_missing.message, { name }),
});
