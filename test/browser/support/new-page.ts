import type { Browser, Page } from 'playwright-core';

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** A request of the page, from its start; `status` and `failure` appear when it ends. */
export interface PageRequest {
  readonly method: string;
  readonly url: string;
  readonly body: string | undefined;
  status?: number;
  /** Why no answer reached the page, such as `net::ERR_FAILED` for an answer that CORS forbids. */
  failure?: string;
}

export interface OpenedPage {
  readonly page: Page;
  /** Errors and warnings that the page printed, and what it threw. */
  readonly problems: readonly string[];
  readonly requests: readonly PageRequest[];
  /** Closes the page with its cookies and storage. */
  close(): Promise<void>;
}

/** An empty page with cookies and storage of its own, 1280 by 800 and light if not told otherwise, without motion. */
export async function newPage(
  browser: Browser,
  { width = 1280, height = 800, colorScheme = 'light' }: PageOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  const requests = new Map<unknown, PageRequest>();
  const list: PageRequest[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (request) => {
    const noted: PageRequest = { method: request.method(), url: request.url(), body: request.postData() ?? undefined };
    requests.set(request, noted);
    list.push(noted);
  });
  page.on('response', (response) => {
    const noted = requests.get(response.request());
    if (noted) noted.status = response.status();
  });
  page.on('requestfailed', (request) => {
    const noted = requests.get(request);
    if (noted) noted.failure = request.failure()?.errorText ?? 'failed';
  });
  return { page, problems, requests: list, close: () => context.close() };
}
