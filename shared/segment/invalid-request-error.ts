import { PipelineError } from '../errors.ts';
import { type InvalidRequestCode, requestErrors } from '../reasons/request-errors.ts';

/** The sender must change the request; nothing was queued. Becomes the status of its row in the catalogue of reasons. */
export class InvalidRequestError extends PipelineError {
  declare readonly code: InvalidRequestCode;
  readonly status: number;
  /** Next step for the sender. */
  readonly fix: string;
  readonly headers: Readonly<Record<string, string>>;

  /** @param texts of the code's row, with the names in them filled, or of one of its cases */
  constructor(
    code: InvalidRequestCode,
    { message, fix }: { readonly message: string; readonly fix: string } = requestErrors[code],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code, message);
    this.status = requestErrors[code].status;
    this.fix = fix;
    this.headers = headers;
  }
}
