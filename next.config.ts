import type { NextConfig } from 'next';

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  images: { unoptimized: true },
  // `npm test` type-checks the whole repository; a start need not do so again.
  typescript: { ignoreBuildErrors: true },
  // Equal sources give equal builds, so replicas built apart can stand behind one balancer.
  generateBuildId: () => process.env.PRODUCT_BUILD_ID ?? null,
  serverExternalPackages: ['chdb', '@clickhouse/client'],
  // dev/build.ts brings these itself, without copying libchdb.so (566 MB).
  outputFileTracingExcludes: {
    '**': [
      './node_modules/@img/**',
      './node_modules/sharp/**',
      './node_modules/typescript/**',
      './node_modules/@chdb/**',
      './.pandastack/**',
    ],
  },
};

export default config;
