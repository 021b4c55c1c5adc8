import type { SocketRoute } from '../http/call';
import { execSocketRoutes } from './exec-ws';
import { proxySocketRoutes } from './proxy';
import { ptySocketRoutes } from './pty';

/** Every address that may become a WebSocket. */
export const socketRoutes: readonly SocketRoute[] = [...execSocketRoutes, ...ptySocketRoutes, ...proxySocketRoutes];
