/** Asks the console's server. @throws Error with what it says is wrong */
export async function ask<Answer>(path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`/console/api/${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'x-console': '1' },
    }),
  }).catch(() => {
    throw new Error('The local runtime does not answer. Is npm start still running?');
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  throw new Error((answer as { message?: string } | undefined)?.message ?? `The server answered ${response.status}.`);
}
