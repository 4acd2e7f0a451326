/** An error as AWS answers it: the SDK throws the class that `code` names, or its base class under that name. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Code of the older query protocol, sent beside `code`; the SQS client names unmodelled errors after it. */
  readonly queryCode: string;

  constructor(code: string, message: string, options: { status?: number; queryCode?: string } = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = options.status ?? 400;
    this.queryCode = options.queryCode ?? code;
  }
}
