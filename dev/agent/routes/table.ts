import type { Route } from '../http/call';
import { buildRoutes } from './builds';
import { execRoutes } from './exec';
import { fileRoutes } from './files';
import { forkRoutes } from './forks';
import { healthRoutes } from './health';
import { lifecycleRoutes } from './lifecycle';
import { logRoutes } from './logs';
import { metricsRoutes } from './metrics';
import { missingRoutes } from './missing';
import { portRoutes } from './ports';
import { proxyRoutes } from './proxy';
import { noHandshakeRoutes } from './pty';
import { replRoutes } from './repl';
import { replSessionRoutes } from './repl-sessions';
import { sandboxRoutes } from './sandboxes';
import { snapshotRoutes } from './snapshots';
import { statsRoutes } from './stats';
import { templateRoutes } from './templates';
import { volumeRoutes } from './volumes';

/** Every route, the more special before the more general. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...sandboxRoutes,
  ...execRoutes,
  ...fileRoutes,
  ...lifecycleRoutes,
  ...logRoutes,
  ...snapshotRoutes,
  ...forkRoutes,
  ...portRoutes,
  ...proxyRoutes,
  ...replRoutes,
  ...replSessionRoutes,
  ...metricsRoutes,
  ...statsRoutes,
  ...buildRoutes,
  ...templateRoutes,
  ...volumeRoutes,
  ...noHandshakeRoutes,
  ...missingRoutes,
];
