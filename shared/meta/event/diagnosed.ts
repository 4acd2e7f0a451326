import type { Substitute } from './field.ts';
import type { Problem } from './problem.ts';
import type { Warning } from './warning.ts';

/** `problems` cost the event, `warnings` only the part they name. */
export interface Diagnostics {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

/** A value of which something could not be read, and what there is to say of it. Most values are none. */
export class Diagnosed implements Diagnostics {
  /** Value that is left of it. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];

  constructor(value: unknown, { problems = [], warnings = [] }: Partial<Diagnostics>) {
    this.value = value;
    this.problems = problems;
    this.warnings = warnings;
  }
}

/** A value that another one takes the place of. */
export class Replaced extends Diagnosed {
  readonly substitute: Substitute;
  /** Diagnostics to report where the substitute is no better. */
  readonly refused: Diagnosed;

  constructor(substitute: Substitute, warning: Warning, refused: Diagnosed) {
    super(undefined, { warnings: [warning] });
    this.substitute = substitute;
    this.refused = refused;
  }
}

/** Collects what is said of one event. */
export class DiagnosticsCollector implements Diagnostics {
  readonly problems: Problem[] = [];
  readonly warnings: Warning[] = [];

  add({ problems, warnings }: Diagnostics): void {
    if (problems.length > 0) this.problems.push(...problems);
    if (warnings.length > 0) this.warnings.push(...warnings);
  }
}
