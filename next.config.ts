import type { NextConfig } from 'next';

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  images: { unoptimized: true },
  serverExternalPackages: ['chdb', '@clickhouse/client'],
  // libchdb.so is opened by name at run time, so the tracer cannot see it.
  outputFileTracingIncludes: { '/*': ['./node_modules/@chdb/lib-*/**', './drizzle/**', './db/clickhouse/**'] },
  outputFileTracingExcludes: { '**': ['./node_modules/@img/**', './node_modules/sharp/**', './node_modules/typescript/**'] },
};

export default config;
