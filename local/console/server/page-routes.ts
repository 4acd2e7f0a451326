import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { LocalRoute } from '../../emulators/http-api/http-api.ts';
import { buildPage, type PageFile } from './page-files.ts';
import { contentSecurityPolicy, iconSvg, pageHtml } from './page-html.ts';
import { send, sendProblem } from './respond.ts';

/** The page itself, bundled when somebody opens it. */
export function pageRoutes(): Record<string, LocalRoute> {
  let page: Promise<ReadonlyMap<string, PageFile>> | undefined;
  return {
    '/': (_, response) => {
      response.writeHead(302, { location: '/console', 'cache-control': 'no-store' }).end();
    },
    '/console': (_, response) => {
      const nonce = randomBytes(16).toString('base64');
      send(response, 200, 'text/html; charset=utf-8', pageHtml(nonce), {
        'content-security-policy': contentSecurityPolicy(nonce),
      });
    },
    '/console/assets/*': async (request, response) => {
      const name = request.url?.split('?', 1)[0]?.split('/').at(-1) ?? '';
      if (name === 'icon.svg') return send(response, 200, 'image/svg+xml', iconSvg);
      page ??= buildPage();
      try {
        sendFile(response, (await page).get(name));
      } catch (error) {
        page = undefined;
        sendProblem(response, 500, `The page could not be bundled: ${(error as Error).message}`);
      }
    },
  };
}

function sendFile(response: ServerResponse, file: PageFile | undefined): void {
  if (file === undefined) sendProblem(response, 404, 'The page has no such file.');
  else send(response, 200, file.contentType, file.contents);
}
