import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { Overview } from '../features/overview/Overview';
import { Shell } from './Shell';

const root = createRootRoute({ component: Shell });
const overview = createRoute({ getParentRoute: () => root, path: '/', component: Overview });
export const router = createRouter({
  routeTree: root.addChildren([overview]),
  basepath: '/console',
  defaultPreload: 'intent',
});
declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
