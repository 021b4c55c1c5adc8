/** Scalar's names for what our own theme holds; it follows light and dark through our variables. */
const STYLE = `
.scalar-app, .light-mode, .dark-mode {
  --scalar-font: var(--font-geist-sans), ui-sans-serif, system-ui, sans-serif;
  --scalar-font-code: var(--font-geist-mono), ui-monospace, monospace;
  --scalar-custom-header-height: 3.5rem;
  --scalar-background-1: var(--canvas);
  --scalar-background-2: var(--sunken);
  --scalar-background-3: var(--hover);
  --scalar-background-accent: var(--accent-soft);
  --scalar-color-1: var(--ink);
  --scalar-color-2: var(--muted);
  --scalar-color-3: var(--faint);
  --scalar-color-accent: var(--accent-ink);
  --scalar-border-color: var(--line);
  --scalar-color-green: var(--accent-ink);
  --scalar-color-red: var(--danger-ink);
  --scalar-color-orange: var(--warn-ink);
  --scalar-color-yellow: var(--warn-ink);
  --scalar-color-blue: var(--info-ink);
  --scalar-color-purple: var(--info-ink);
  --scalar-button-1: var(--accent);
  --scalar-button-1-hover: var(--accent-hover);
  --scalar-button-1-color: var(--on-accent);
  --scalar-sidebar-background-1: var(--canvas);
  --scalar-sidebar-color-1: var(--ink);
  --scalar-sidebar-color-2: var(--muted);
  --scalar-sidebar-color-active: var(--ink);
  --scalar-sidebar-border-color: var(--line);
  --scalar-sidebar-item-hover-background: var(--hover);
  --scalar-sidebar-item-active-background: var(--hover);
  --scalar-sidebar-search-background: var(--surface);
  --scalar-sidebar-search-border-color: var(--line);
  --scalar-sidebar-search-color: var(--faint);
}
/* What a link leads to takes the focus there, and is no control. */
.scalar-app [tabindex='-1']:focus-visible { outline: none; }`;

/** How the reference is shown: nothing of it asks another server, and a token that is typed in is kept nowhere. */
export function referenceConfiguration(contract: string, dark: boolean) {
  return {
    content: contract,
    theme: 'none',
    layout: 'modern',
    customCss: STYLE,
    darkMode: dark,
    forceDarkModeState: dark ? 'dark' : 'light',
    hideDarkModeToggle: true,
    withDefaultFonts: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: 'never',
    hideClientButton: true,
    persistAuth: false,
    documentDownloadType: 'json',
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    authentication: { preferredSecurityScheme: 'bearer' },
  };
}
