/** A trigger that cannot be read. */
export class TriggerSyntaxError extends Error {
  readonly code = 'trigger_invalid';
  /** Where in the trigger, counted from 0 in UTF-16 units. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(`${message} (at position ${position})`);
    this.name = 'TriggerSyntaxError';
    this.position = position;
  }
}
