'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { PublicConfig } from '@/lib/public-config';

const PublicConfigContext = createContext<PublicConfig | null>(null);

let pageConfig: PublicConfig | null = null;

/** Hands what the browser may know to client components and to apiFetch; mounted once, by the root layout. */
export function PublicConfigProvider({ config, children }: { config: PublicConfig; children: ReactNode }) {
  // In the browser one page has one configuration, so code outside React may read it too.
  if (typeof window !== 'undefined') pageConfig = config;
  return <PublicConfigContext.Provider value={config}>{children}</PublicConfigContext.Provider>;
}

/** The configuration the server handed to this page. */
export function usePublicConfig(): PublicConfig {
  const config = useContext(PublicConfigContext);
  if (!config) throw new Error('usePublicConfig needs PublicConfigProvider above it');
  return config;
}

/** The same outside React, in the browser only. */
export function readPublicConfig(): PublicConfig {
  if (!pageConfig) throw new Error('readPublicConfig was called before the page was hydrated');
  return pageConfig;
}
