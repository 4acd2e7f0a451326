/**
 * The address a request came from, seen through proxies of our own. Each of them adds the address that connected to it
 * at the end of `X-Forwarded-For`; what stands further to the left is what the client says, and is not believed.
 *
 * @param connectedFrom the address that connected to the API
 * @param trustedProxies how many proxies of ours a request went through; none of them makes it `connectedFrom`
 */
export function clientAddress(connectedFrom: string, forwardedFor: string | undefined, trustedProxies: number): string {
  const forwarded = (forwardedFor ?? '').split(',').map((address) => address.trim());
  // API Gateway adds the connection too.
  if (forwarded.at(-1) === connectedFrom) forwarded.pop();
  return [...forwarded, connectedFrom].at(-1 - trustedProxies) || connectedFrom;
}
