import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrowserLibrary, bundleLibrary } from './browser-library.ts';

export interface Shop {
  /** `http://localhost:<port>`: another site than the pipeline's 127.0.0.1. */
  readonly origin: string;
  close(): Promise<void>;
}

/** The visitor came from an ad an hour ago; Meta takes no click of more than 90 days. */
const clickedAt = Date.now() - 3_600_000;
/** The cookies that the Meta Pixel left then. */
export const pixelCookies = {
  _fbp: `fb.0.${clickedAt}.1116446470`,
  _fbc: `fb.0.${clickedAt}.IwAR2F4`,
};

/** A web shop: every page sets the Pixel's cookies; its libraries are at their paths, for a test to load. */
export async function startShop(libraries: readonly BrowserLibrary[]): Promise<Shop> {
  const scripts = new Map<string, string>();
  for (const library of libraries) scripts.set(library.path, await bundleLibrary(library));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const script = scripts.get(pathname);
    response.writeHead(200, {
      'content-type': script === undefined ? 'text/html' : 'text/javascript',
      'set-cookie': Object.entries(pixelCookies).map(([name, value]) => `${name}=${value}`),
    });
    response.end(script ?? '<!doctype html><title>Shop</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
