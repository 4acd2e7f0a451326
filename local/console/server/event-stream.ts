import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { privateHeaders } from './respond.ts';
import type { ConfigurationNews, EventLine, Status, StreamMessages } from './wire.ts';

export interface EventStreamSource {
  /** Newest first. */
  lines(): readonly EventLine[];
  takeChanges(): readonly EventLine[];
  status(): Status;
  configuration(): ConfigurationNews;
}

export interface EventStream {
  /** Answers with server-sent events until the client goes away. */
  connect(request: IncomingMessage, response: ServerResponse): void;
  /** Tells every page what the configuration is now. */
  tellConfiguration(): void;
  close(): void;
}

/** Changes are gathered this long, so that a burst of thousands is a few messages. */
const changesEveryMs = 100;
const statusEveryMs = 500;

interface Client {
  readonly response: ServerResponse;
  /** Changes that did not fit into the connection yet, the latest of each event. */
  readonly behind: Map<number, EventLine>;
}

/** Server-sent events for any number of pages. A page that reads slowly gets fewer, larger messages, and no backlog. */
export function eventStream(source: EventStreamSource): EventStream {
  const clients = new Set<Client>();
  const run = randomUUID();

  const changes = setInterval(() => {
    // Whoever comes later begins with all lines as they are then.
    if (clients.size === 0) return;
    const lines = source.takeChanges();
    for (const client of clients) {
      for (const line of lines) client.behind.set(line.seq, line);
      flush(client);
    }
  }, changesEveryMs);
  const status = setInterval(() => {
    if (clients.size === 0) return;
    const message = frame('status', source.status());
    for (const { response } of clients) if (!response.writableNeedDrain) response.write(message);
  }, statusEveryMs);
  changes.unref();
  status.unref();

  return {
    connect(_, response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', ...privateHeaders });
      response.write(
        `retry: 1000\n\n${frame('reset', { run })}${linesInFrames(source.lines().toReversed())}${frame('status', source.status())}${frame('configuration', source.configuration())}`,
      );
      const client = { response, behind: new Map<number, EventLine>() };
      clients.add(client);
      response.on('drain', () => flush(client));
      response.on('close', () => clients.delete(client));
    },
    tellConfiguration() {
      const message = frame('configuration', source.configuration());
      for (const { response } of clients) response.write(message);
    },
    close() {
      clearInterval(changes);
      clearInterval(status);
      for (const { response } of clients) response.end();
    },
  };
}

function flush({ response, behind }: Client): void {
  if (behind.size === 0 || response.writableNeedDrain) return;
  response.write(linesInFrames([...behind.values()]));
  behind.clear();
}

/** A page reads each message in one go, in which it can do nothing else: a burst is many small ones. */
const linesPerFrame = 500;

function linesInFrames(lines: readonly EventLine[]): string {
  let frames = '';
  for (let from = 0; from < lines.length; from += linesPerFrame) {
    frames += frame('lines', lines.slice(from, from + linesPerFrame));
  }
  return frames;
}

const frame = <Name extends keyof StreamMessages>(name: Name, data: StreamMessages[Name]): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
