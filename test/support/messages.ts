/** Messages of warnings or problems. */
export const messagesOf = (findings: readonly { readonly message: string }[]): string[] =>
  findings.map(({ message }) => message);
