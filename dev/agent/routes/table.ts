import type { Route } from '../http/call';
import { execRoutes } from './exec';
import { fileRoutes } from './files';
import { healthRoutes } from './health';
import { sandboxRoutes } from './sandboxes';

/** Every route, the more special before the more general. */
export const routes: readonly Route[] = [...healthRoutes, ...sandboxRoutes, ...execRoutes, ...fileRoutes];
