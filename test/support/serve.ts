import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers on a free port of this machine. */
export interface Served {
  readonly url: string;
  /** Ends its connections, too. */
  close(): Promise<void>;
}

export async function serve(server: Server): Promise<Served> {
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => {
        server.close(() => closed());
      });
    },
  };
}
