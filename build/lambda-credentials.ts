import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

const chain = '@aws-sdk/credential-provider-node';

/**
 * Leaves the AWS SDK one source of credentials: the environment variables, where Lambda puts those of the function's
 * role. The SDK's own chain goes on to profiles, SSO, STS and the metadata services of EC2 and ECS, which brings five more
 * clients into the bundle, and two more protocols into every cold start.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const lambdaCredentials: Plugin = {
  name: 'lambda-credentials',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${chain}$`) }, async ({ path, pluginData, kind, resolveDir }) => {
      if (pluginData === chain) return undefined;
      // The provider is the chain's dependency, not ours: it is looked up from there.
      const found = await build.resolve(path, { kind, resolveDir, pluginData: chain });
      return found.errors.length > 0
        ? { errors: found.errors }
        : { path, namespace: 'lambda-credentials', pluginData: dirname(found.path) };
    });
    build.onLoad({ filter: /.*/, namespace: 'lambda-credentials' }, ({ pluginData }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
      resolveDir: String(pluginData),
    }));
  },
};
