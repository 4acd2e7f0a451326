/** Why one event was refused, for the sender: which, what is wrong, what to do. Quotes nothing of the event but its id. */
export interface Rejection extends Fault {
  readonly index: number;
  readonly messageId?: string | undefined;
}

export interface Fault {
  readonly code: RejectionCode;
  /** The member at fault, e.g. `properties`; empty for the event as a whole. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

export type RejectionCode =
  | 'event_invalid'
  | 'event_name_missing'
  | 'event_too_deep'
  | 'event_too_large'
  | 'field_invalid'
  | 'group_id_missing'
  | 'identity_missing'
  | 'previous_id_missing'
  | 'timestamp_invalid'
  | 'type_unknown';
