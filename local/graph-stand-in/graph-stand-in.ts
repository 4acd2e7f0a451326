import { defineCommand } from '../../commands/kit/define-command.ts';
import { CommandError } from '../../commands/kit/report-errors.ts';
import { describeRead, describeRequest } from './describe-request.ts';
import { startGraphApi } from './graph-api.ts';
import { defaultTokenText, type Options, standInOptions, startOptions } from './options.ts';

export const graphStandIn = defineCommand({
  name: 'graph-stand-in',
  summary: "Runs the stand-in for Meta's Graph API by itself, until Ctrl-C. Faults, codes and rules are in its guide.",
  page: 'docs/graph-stand-in.md',
  examples: [
    'npm run graph-stand-in',
    'npm run graph-stand-in -- --port 3200 --fault throttled',
    `npm run graph-stand-in -- --dataset 1234567890123456=Shop --fault '{"latencyMs": 300}'`,
  ],
  options: standInOptions,
  endsByItself: true,
  async run(values, { env, out, stopped }) {
    const { port, tokens, api } = startOptions(values, env);
    const standIn = await startGraphApi({
      ...api,
      port,
      accepts: (token) => tokens.includes(token),
      onRequest: (request) => out(describeRequest(request)),
      onRead: (read) => out(describeRead(read)),
    }).catch((error: unknown) => {
      throw isTaken(error) ? new CommandError(portTaken(port), error) : error;
    });
    out(started(standIn.url, tokens, api));
    await new Promise<void>((end) => stopped.addEventListener('abort', () => end(), { once: true }));
    await standIn.close();
    return { result: undefined };
  },
});

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

const portTaken = (port: number) => ({
  reason: `Port ${port} is taken.`,
  fix: `Choose another: npm run graph-stand-in -- --port ${port + 1}`,
});

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
