import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { JsonObject } from '../../shared/segment/event.ts';
import type { Candidate } from './candidate.ts';
import { encode } from './encode.ts';

/** Part of its module for this destination that is used here. */
interface Transformer {
  process(input: object): { readonly body: { readonly FORM: { readonly data: readonly string[] } } };
}

const destination = {
  ID: 'bench',
  Config: {
    datasetId: '1234567890',
    accessToken: 'bench-token',
    actionSource: 'website',
    limitedDataUSage: false,
    testDestination: false,
    blacklistPiiProperties: [],
    whitelistPiiProperties: [],
    eventsToEvents: [],
    categoryToContent: [],
  },
};

/**
 * RudderStack's transformer, which is no npm package.
 *
 * @param folder of a checkout of rudder-transformer that has been built: it holds `package.json`, `node_modules` and `dist`
 */
export function rudderstack(folder: string): Candidate {
  process.env['LOG_LEVEL'] ??= 'silent';
  const requireThere = createRequire(resolve(folder, 'dist/src/v0/destinations/facebook_conversions/transform.js'));
  withoutNativeModule(requireThere);
  // It reads files from where it is started.
  process.chdir(folder);
  const transformer = requireThere('./transform.js') as Transformer;
  const { version } = requireThere(resolve(folder, 'package.json')) as { readonly version: string };
  const serverEvent = (text: string): string => {
    const [event] = transformer.process({ message: JSON.parse(text), destination }).body.FORM.data;
    if (event === undefined) throw new Error("RudderStack's transformer made no server event.");
    return event;
  };
  return {
    version,
    run: (texts) => texts.reduce((bytes, text) => bytes + encode(serverEvent(text)).length, 0),
    sample: (text) => JSON.parse(serverEvent(text)) as JsonObject,
  };
}

/** isolated-vm runs transformations that users write; it is compiled on installation, and not used here. */
function withoutNativeModule(requireThere: NodeJS.Require): void {
  try {
    const file = requireThere.resolve('isolated-vm');
    requireThere.cache[file] = { exports: {}, loaded: true, id: file, filename: file } as unknown as NodeJS.Module;
  } catch {
    // Not installed: then nothing asks for it.
  }
}
