import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { PublicConfigProvider } from '@/lib/api-client/public-config-context';
import { publicConfig } from '@/lib/public-config';
import { geistMono, geistSans } from './_ui/fonts';
import { StubBanner } from './_ui/stub-banner';
import { Toaster } from './_ui/toaster';
import './globals.css';
import { language } from '@/messages/language';
import * as words from '@/messages/site';

export const metadata: Metadata = {
  title: { default: 'PandaStack', template: '%s · PandaStack' },
  description: words.description,
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafbfa' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1110' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Waiting for a request keeps every page out of the build: the configuration and the nonce exist only at run time.
  await connection();
  const config = publicConfig();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang={language} className={`${geistSans.variable} ${geistMono.variable}`} suppressHydrationWarning>
      <body>
        <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
          <PublicConfigProvider config={config}>
            {config.authMode === 'stub' && <StubBanner />}
            {children}
            <Toaster />
          </PublicConfigProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
