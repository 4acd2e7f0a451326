import type { Server } from 'node:http';

/** Lets the requests under way be answered, and cuts what is still open after a while. */
export function closeServer(server: Server, withinMs = 2_000): Promise<void> {
  return new Promise((resolve) => {
    // A kept-alive connection would hold the server open until its client lets go.
    const sweep = setInterval(() => server.closeIdleConnections(), 10);
    const cut = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}
