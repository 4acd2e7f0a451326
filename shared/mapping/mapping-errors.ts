export interface MappingIssue {
  /** Place in the mapping, e.g. `/custom_data/v/@path`; empty for the mapping as a whole. */
  readonly path: string;
  readonly message: string;
}

/** A mapping that cannot be used, whatever the event; lists every fault. */
export class MappingError extends Error {
  readonly code = 'mapping_invalid';
  readonly issues: readonly MappingIssue[];

  constructor(issues: readonly MappingIssue[]) {
    super(
      ['The mapping is not valid:', ...issues.map(({ path, message }) => `  ${path || '/'} ${message}`)].join('\n'),
    );
    this.name = 'MappingError';
    this.issues = issues;
  }
}

/** A sound mapping met an event it cannot be applied to. Names the place and types, never a value. */
export class MappingResolveError extends Error {
  readonly code = 'mapping_failed';
  readonly path: string;

  constructor(path: string, message: string) {
    super(`${path || '/'}: ${message}`);
    this.name = 'MappingResolveError';
    this.path = path;
  }
}
