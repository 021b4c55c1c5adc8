import type { NextConfig } from 'next';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  images: { unoptimized: true },
  // A page is never without its title: not while its data come, nor while it is refreshed.
  htmlLimitedBots: /.*/,
  // `npm test` type-checks the whole repository; a start need not do so again.
  typescript: { ignoreBuildErrors: true },
  // Equal sources give equal builds, so replicas built apart can stand behind one balancer.
  generateBuildId: () => process.env.PRODUCT_BUILD_ID ?? null,
  // Native: dev/build.ts brings them, libchdb.so (566 MB) as a link.
  serverExternalPackages: ['chdb', '@clickhouse/client'],
};

/** What only a developer sees (the gallery of components) has a file name that is a page under `next dev` alone. */
export default function nextConfig(phase: string): NextConfig {
  return phase === PHASE_DEVELOPMENT_SERVER ? { ...config, pageExtensions: ['dev.tsx', 'tsx', 'ts'] } : config;
}
