/** What warnings or problems say. */
export const messagesOf = (findings: readonly { readonly message: string }[]): string[] =>
  findings.map(({ message }) => message);
