import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface ShopOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Where the pipeline answers. */
  readonly endpoint: string;
  readonly writeKey: string;
  /** More attributes of the script, such as `data-consent="wait"`. */
  readonly attributes?: string;
}

export interface Shop {
  readonly port: number;
  close(): Promise<void>;
}

const pages = join(import.meta.dirname, 'pages');

/** A shop of static pages on this machine: home, a product, thanks for an order, and an app of a single page. */
export async function startShop({ port, endpoint, writeKey, attributes = '' }: ShopOptions): Promise<Shop> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
    const name = { '/': 'home', '/product': 'product', '/thanks': 'thanks', '/app': 'app', '/empty': 'empty' }[
      pathname
    ];
    if (name === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
      return;
    }
    const consent = searchParams.has('ask') ? 'data-consent="wait"' : '';
    const script = `<script async src="${endpoint}/v1/pixel.js" data-write-key="${writeKey}" ${attributes} ${consent}></script>`;
    const html = readFileSync(join(pages, `${name}.html`), 'utf8').replace('<!-- pixel -->', script);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
