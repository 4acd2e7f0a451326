import type { Plugin } from 'esbuild';

/**
 * Leaves out the hashes that the AWS SDK carries in JavaScript, 5 KiB of every cold start, for platforms without `node:crypto`: Lambda's
 * Node has it, and the SDK takes them only where it is missing.
 */
export const noSoftHashes: Plugin = {
  name: 'no-soft-hashes',
  setup(build) {
    build.onLoad({ filter: /[\\/]checksum[\\/](md5[\\/]Md5|sha256[\\/]Sha256)Js\.js$/ }, ({ path }) => ({
      contents: `export const ${path.includes('Md5') ? 'Md5Js' : 'Sha256Js'} = undefined;`,
      loader: 'js',
    }));
  },
};
