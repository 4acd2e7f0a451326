/** A command line that makes no sense. The message is one line, and so is the fix. */
export class UsageError extends Error {
  /** Command to type instead; left out where the help says it. */
  readonly fix: string | undefined;

  constructor(message: string, fix?: string) {
    super(message);
    this.fix = fix;
  }
}
