import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

// CommonJS packages inside an ES module bundle still call require and look for __dirname.
const BANNER = `
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
process.env.NODE_ENV = 'production';
`;

/** Bundles server.ts and the `pandastack` command into the product; what vendorPackages() brings stays outside. */
export async function bundleServer(root: string, product: string): Promise<void> {
  await bundle(root, { entryPoints: ['server.ts'], outfile: join(product, 'server.mjs'), inject: ['server/light-response.ts'] });
  await bundle(root, { entryPoints: ['cli/main.ts'], outfile: join(product, 'cli.mjs') });
}

async function bundle(root: string, options: BuildOptions): Promise<void> {
  await build({
    ...options,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['next', 'chdb', '@clickhouse/client'],
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: BANNER.trim() },
    sourcemap: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
}
