import { describeRead, describeRequest } from './describe-request.ts';
import { startGraphApi } from './graph-api.ts';
import { defaultTokenText, type Options, readOptions, usage } from './options.ts';

/** `npm run graph`: the Graph API stand-in by itself. Exits with 0 when stopped, with 1 if it cannot start, with 2 for a wrong option. */
const options = optionsOrEnd();
if (options !== undefined) await serve(options);

function optionsOrEnd(): Options | undefined {
  try {
    const read = readOptions(process.argv.slice(2), process.env);
    if (read === undefined) console.log(usage);
    return read;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

async function serve({ port, tokens, api }: Options): Promise<void> {
  try {
    const standIn = await startGraphApi({
      ...api,
      port,
      accepts: (token) => tokens.includes(token),
      onRequest: (request) => console.log(describeRequest(request)),
      onRead: (read) => console.log(describeRead(read)),
    });
    const stop = (): void => void standIn.close();
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    console.log(started(standIn.url, tokens, api));
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    console.error(isTaken ? `Port ${port} is taken. Choose another: npm run graph -- --port ${port + 1}` : error);
    process.exitCode = 1;
  }
}

/** Tokens that were given may be real ones: they are counted, not shown. */
function started(url: string, tokens: readonly string[], { world }: Options['api']): string {
  const token = tokens.join() === defaultTokenText ? defaultTokenText : `${tokens.length} given`;
  const datasets = world?.datasets?.map(({ id, name }) => `${id} (${name})`).join(', ') ?? 'every numeric id';
  return `Graph API   ${url}
Token       ${token}
Datasets    ${datasets}
Events      POST ${url}/v25.0/{dataset id}/events
Reads       GET ${url}/v25.0/me/businesses and more, see docs/graph-stand-in.md
Faults      POST ${url}/_stand-in/faults
Requests    GET ${url}/_stand-in/requests

Run the pipeline against it:  GRAPH_API_URL=${url} npm start
Stop with Ctrl-C.`;
}
