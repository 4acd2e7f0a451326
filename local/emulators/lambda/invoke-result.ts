/** Result of an invocation, as Lambda's Invoke reports it: the handler's value, or the error that replaced it. */
export type InvokeResult = { readonly ok: true; readonly payload: unknown } | InvokeFailure;

export interface InvokeFailure {
  readonly ok: false;
  /** Lambda's own (`Sandbox.Timedout`, `Runtime.ExitError`, …) or the name of what the handler threw. */
  readonly errorType: string;
  readonly errorMessage: string;
}

export const failure = (errorType: string, errorMessage: string): InvokeFailure => ({
  ok: false,
  errorType,
  errorMessage,
});
