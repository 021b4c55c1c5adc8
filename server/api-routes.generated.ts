// Made by dev/generate-routes.ts from the route.ts files below app/, the most specific first. Not edited by hand.
import * as route0 from '@/app/healthz/route';
import * as route1 from '@/app/metrics/route';
import * as route2 from '@/app/readyz/route';
import * as route3 from '@/app/v1/[...rest]/route';
import * as route4 from '@/app/version/route';
import type { ApiRoute } from './dispatch-route';

export const API_ROUTES: ApiRoute[] = [
  { pattern: '/healthz', handlers: route0 },
  { pattern: '/metrics', handlers: route1 },
  { pattern: '/readyz', handlers: route2 },
  { pattern: '/v1/:rest{.+}', handlers: route3 },
  { pattern: '/version', handlers: route4 },
];
