import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Names under which a program on this machine reaches it. A foreign name that resolves to it is DNS rebinding. */
const ownHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/;

type Headers = Pick<IncomingMessage, 'headers'>;

/**
 * Why a request is from no program on this machine; undefined lets it through. A page of another site cannot help sending
 * its `Origin`, and a page that reaches this machine by a name of its own sends that as `Host`.
 */
export function foreignness({ headers }: Headers): string | undefined {
  const { host = '', origin } = headers;
  if (!ownHost.test(host)) return 'Open it as http://127.0.0.1 or http://localhost, not by another name.';
  if (origin !== undefined && origin !== `http://${host}`) return 'Another site sent this request.';
  return undefined;
}

/** A server's listener that answers 403 to whatever does not come from a program on this machine. */
export const forThisMachine =
  (listener: RequestListener): RequestListener =>
  (request: IncomingMessage, response: ServerResponse & { req: IncomingMessage }) => {
    const reason = foreignness(request);
    if (reason === undefined) {
      listener(request, response);
      return;
    }
    request.resume();
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${reason}\n`);
  };
