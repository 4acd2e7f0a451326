import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** SNS's query protocol, with two topics a page and one subscription a page. */
export async function startSns(subscriptions: Readonly<Record<string, readonly string[]>>) {
  const topics = Object.keys(subscriptions);
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    const action = form.get('Action') ?? '';
    const start = Number(form.get('NextToken') ?? 0);
    const all = action === 'ListTopics' ? topics : (subscriptions[form.get('TopicArn') ?? ''] ?? []);
    const size = action === 'ListTopics' ? 2 : 1;
    const list = action === 'ListTopics' ? 'Topics' : 'Subscriptions';
    const member = action === 'ListTopics' ? 'TopicArn' : 'SubscriptionArn';
    const items = all.slice(start, start + size).map((each) => `<member><${member}>${each}</${member}></member>`);
    const next = start + size < all.length ? `<NextToken>${start + size}</NextToken>` : '';
    response.setHeader('content-type', 'text/xml');
    response.end(
      `<${action}Response><${action}Result><${list}>${items.join('')}</${list}>${next}</${action}Result></${action}Response>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
