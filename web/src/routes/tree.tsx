// The addresses of the product: what each takes from the address, what it reads ahead, and the page that shows it.
import type { QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import * as queries from "@/api/queries";
import { storeToday } from "@/api/session";
import { ownKeysQuery } from "@/features/access/keys";
import { administrationPages } from "./administration-pages";
import { Broken } from "./broken";
import { firstPage } from "./find-session";
import { Loading } from "./loading";
import { publicPages } from "./public-pages";
import { root, signedIn } from "./roots";
import * as search from "./search";

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: firstPage() });
  },
});

const desk = createRoute({
  getParentRoute: () => signedIn,
  path: "/desk",
  validateSearch: search.desk,
  loaderDeps: ({ search: filter }) => filter,
  loader: ({ context, deps }) => context.queries.ensureInfiniteQueryData(queries.dealsQuery(deps)),
  component: lazyRouteComponent(() => import("./desk")),
});

const newDeal = createRoute({
  getParentRoute: () => signedIn,
  path: "/deals/new",
  validateSearch: search.newDeal,
  component: lazyRouteComponent(() => import("./new-deal")),
});

const deal = createRoute({
  getParentRoute: () => signedIn,
  path: "/deals/$dealId",
  loader: ({ context, params }) => context.queries.ensureQueryData(queries.dealQuery(params.dealId)),
  component: lazyRouteComponent(() => import("./deal")),
});

const proposal = createRoute({
  getParentRoute: () => signedIn,
  path: "/deals/$dealId/proposal",
  loader: ({ context, params }) => context.queries.ensureQueryData(queries.dealQuery(params.dealId)),
  component: lazyRouteComponent(() => import("./proposal")),
});

const customers = createRoute({
  getParentRoute: () => signedIn,
  path: "/customers",
  validateSearch: search.customers,
  loaderDeps: ({ search: { q } }) => ({ q }),
  loader: ({ context, deps }) => context.queries.ensureInfiniteQueryData(queries.customersQuery(deps.q)),
  component: lazyRouteComponent(() => import("./customers")),
});

const newCustomer = createRoute({
  getParentRoute: () => signedIn,
  path: "/customers/new",
  validateSearch: search.newCustomer,
  component: lazyRouteComponent(() => import("./new-customer")),
});

const customer = createRoute({
  getParentRoute: () => signedIn,
  path: "/customers/$customerId",
  loader: ({ context, params }) => context.queries.ensureQueryData(queries.customerQuery(params.customerId)),
  component: lazyRouteComponent(() => import("./customer")),
});

const inventory = createRoute({
  getParentRoute: () => signedIn,
  path: "/inventory",
  validateSearch: search.inventory,
  loaderDeps: ({ search: filter }) => filter,
  loader: ({ context, deps }) => context.queries.ensureInfiniteQueryData(queries.vehiclesQuery(deps)),
  component: lazyRouteComponent(() => import("./inventory")),
});

const newVehicle = createRoute({
  getParentRoute: () => signedIn,
  path: "/inventory/new",
  component: lazyRouteComponent(() => import("./new-vehicle")),
});

const vehicle = createRoute({
  getParentRoute: () => signedIn,
  path: "/inventory/$vehicleId",
  loader: ({ context, params }) => context.queries.ensureQueryData(queries.vehicleQuery(params.vehicleId)),
  component: lazyRouteComponent(() => import("./vehicle")),
});

const apiKeys = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/api-keys",
  loader: ({ context }) => context.queries.ensureQueryData(ownKeysQuery),
  component: lazyRouteComponent(() => import("./api-keys")),
});

const taxes = createRoute({
  getParentRoute: () => signedIn,
  path: "/taxes",
  validateSearch: search.taxes,
  component: lazyRouteComponent(() => import("./taxes")),
});

const taxStates = createRoute({
  getParentRoute: () => signedIn,
  path: "/taxes/states",
  validateSearch: search.taxStates,
  loader: ({ context }) =>
    Promise.all([context.queries.ensureQueryData(queries.ruleStatesQuery), context.queries.ensureQueryData(queries.statesQuery)]),
  component: lazyRouteComponent(() => import("./tax-states")),
});

const taxState = createRoute({
  getParentRoute: () => signedIn,
  path: "/taxes/states/$code",
  validateSearch: search.taxState,
  loaderDeps: ({ search: { date } }) => ({ date }),
  loader: ({ context, params, deps }) =>
    Promise.all([
      context.queries.ensureQueryData(queries.stateRulesQuery(params.code, deps.date ?? storeToday())),
      context.queries.ensureQueryData(queries.ruleStatesQuery),
      context.queries.ensureQueryData(queries.localRatesQuery(params.code, deps.date ?? storeToday())),
    ]),
  component: lazyRouteComponent(() => import("./tax-state")),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: "/account",
  loader: ({ context }) => Promise.all([context.queries.ensureQueryData(queries.factorsQuery), context.queries.ensureQueryData(queries.sessionsQuery)]),
  component: lazyRouteComponent(() => import("./account")),
});

const tree = root.addChildren([
  ...publicPages,
  signedIn.addChildren([
    home,
    desk,
    newDeal,
    deal,
    proposal,
    customers,
    newCustomer,
    customer,
    inventory,
    newVehicle,
    vehicle,
    apiKeys,
    taxes,
    taxStates,
    taxState,
    account,
    administrationPages,
  ]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries: client },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultPendingComponent: Loading,
    defaultErrorComponent: Broken,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
