import { build } from 'esbuild';

export interface BrowserLibrary {
  readonly module: string;
  /** Where a page finds the script, and the global that holds the module's exports. */
  readonly path: string;
  readonly globalName: string;
  /** Text to run in a page: makes `analytics`, which asks the pipeline for its settings, and waits until it has them. */
  readonly load: (pipelineUrl: string, options?: object) => string;
}

export const segment: BrowserLibrary = {
  module: '@segment/analytics-next',
  path: '/segment.js',
  globalName: 'Segment',
  load: (pipelineUrl, options) => `
    globalThis.analytics = Segment.AnalyticsBrowser.load(
      { writeKey: 'web-key', cdnURL: '${pipelineUrl}' },
      { integrations: { 'Segment.io': ${JSON.stringify({ protocol: 'http', ...options })} } },
    );
    analytics.ready();
  `,
};

export const rudderStack: BrowserLibrary = {
  // The plain entry loads its plugins from RudderStack's CDN.
  module: '@rudderstack/analytics-js/bundled',
  path: '/rudderstack.js',
  globalName: 'RudderStack',
  load: (pipelineUrl, options) => `
    globalThis.analytics = new RudderStack.RudderAnalytics();
    analytics.load('web-key', '${pipelineUrl}', ${JSON.stringify({ configUrl: pipelineUrl, ...options })});
    new Promise((loaded) => analytics.ready(loaded));
  `,
};

export const customerIo: BrowserLibrary = {
  module: '@customerio/cdp-analytics-browser',
  path: '/customer-io.js',
  globalName: 'CustomerIo',
  load: (pipelineUrl, options) => `
    globalThis.analytics = CustomerIo.AnalyticsBrowser.load(
      { writeKey: 'web-key', cdnURL: '${pipelineUrl}' },
      { integrations: { 'Customer.io Data Pipelines': ${JSON.stringify({ protocol: 'http', ...options })} } },
    );
    analytics.ready();
  `,
};

/** RudderStack's library before version 3, which many shops still load. */
export const rudderStack2: BrowserLibrary = {
  module: 'rudder-sdk-js',
  path: '/rudderstack-2.js',
  globalName: 'RudderStack2',
  load: (pipelineUrl, options) => `
    globalThis.analytics = RudderStack2;
    analytics.load('web-key', '${pipelineUrl}', ${JSON.stringify({ configUrl: pipelineUrl, ...options })});
    new Promise((loaded) => analytics.ready(loaded));
  `,
};

/** The library's own code from node_modules, put together as a shop's build does. */
export async function bundleLibrary({ module, globalName }: BrowserLibrary): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${module}'`, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'iife',
    globalName,
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
