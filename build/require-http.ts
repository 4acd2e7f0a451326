import type { Plugin } from 'esbuild';

/**
 * Takes `node:http` and `node:https` by `require`. An ESM import reads every lazy member of a built-in, and one of
 * them loads undici: 50 ms of a cold start. @see https://github.com/nodejs/node/issues/59686
 */
export const requireHttp: Plugin = {
  name: 'require-http',
  setup(build) {
    build.onResolve({ filter: /^(node:)?https?$/ }, ({ path }) => ({
      path: path.replace(/^node:/, ''),
      namespace: 'require-http',
    }));
    build.onLoad({ filter: /.*/, namespace: 'require-http' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
      loader: 'js',
    }));
  },
};
