import { startShop } from './server.ts';

/** `node examples/shop/start.ts [endpoint] [write key]` */
const [endpoint = 'http://events.shop.localhost:3000', writeKey = 'shop-write-key'] = process.argv.slice(2);
const { port } = await startShop({ port: 8080, endpoint, writeKey });
console.log(`The shop is open at http://www.shop.localhost:${port}/?fbclid=IwAR0example`);
