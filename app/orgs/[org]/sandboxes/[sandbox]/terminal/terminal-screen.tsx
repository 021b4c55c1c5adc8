'use client';

import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { useTheme } from 'next-themes';
import { useEffect, useRef, useState } from 'react';
import { usePublicConfig } from '@/lib/api-client/public-config-context';
import { connectTerminal, type TerminalState } from './connect-terminal';
import { THEMES } from './terminal-themes';

interface TerminalScreenProps {
  orgId: string;
  sandboxId: string;
  /** Another number opens another connection. */
  round: number;
  onState: (state: TerminalState) => void;
}

const SCROLLBACK_LINES = 5_000;

/** Draws the terminal; what it shows stays when the connection ends. */
export function TerminalScreen({ orgId, sandboxId, round, onState }: TerminalScreenProps) {
  const box = useRef<HTMLDivElement>(null);
  const [terminal, setTerminal] = useState<Terminal | null>(null);
  const { resolvedTheme } = useTheme();
  const { apiUrl } = usePublicConfig();
  const theme = THEMES[resolvedTheme === 'dark' ? 'dark' : 'light'];

  useEffect(() => {
    if (!box.current) return;
    const opened = openIn(box.current);
    setTerminal(opened.terminal);
    return opened.dispose;
  }, []);

  useEffect(() => {
    if (terminal) terminal.options.theme = theme;
  }, [terminal, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round connects anew
  useEffect(() => {
    if (!terminal) return;
    onState({ name: 'connecting' });
    terminal.focus();
    return connectTerminal({ orgId, sandboxId, apiUrl: apiUrl || window.location.origin }, terminal, onState);
  }, [orgId, sandboxId, apiUrl, terminal, round, onState]);

  return <div ref={box} className="h-full w-full" />;
}

/** Tab belongs to the shell, so the keyboard needs another way out; and Ctrl+C does, so copying has another key. */
function isForShell(event: KeyboardEvent, terminal: Terminal): boolean {
  if (!event.ctrlKey || event.type !== 'keydown') return true;
  const leaves = event.key === 'm';
  const copies = event.shiftKey && event.code === 'KeyC' && terminal.hasSelection();
  if (!leaves && !copies) return true;
  event.preventDefault();
  if (leaves) document.getElementById('leave-terminal')?.focus();
  // Plain http on another host has no clipboard.
  else void navigator.clipboard?.writeText(terminal.getSelection());
  return false;
}

function openIn(box: HTMLElement) {
  const font = getComputedStyle(document.body).getPropertyValue('--font-geist-mono');
  const terminal = new Terminal({
    fontFamily: `${font || 'ui-monospace'}, ui-monospace, monospace`,
    fontSize: 13,
    scrollback: SCROLLBACK_LINES,
    minimumContrastRatio: 4.5,
    cursorBlink: true,
    screenReaderMode: true,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(box);
  terminal.attachCustomKeyEventHandler((event) => isForShell(event, terminal));
  const watcher = new ResizeObserver(() => requestAnimationFrame(() => fit.fit()));
  watcher.observe(box);
  fit.fit();
  return {
    terminal,
    dispose: () => {
      watcher.disconnect();
      terminal.dispose();
    },
  };
}
