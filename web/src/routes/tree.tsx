// The addresses of the product: what each takes from the address, what it reads ahead, and the page that shows it.
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { complianceQuery } from "@/api/privacy";
import * as queries from "@/api/queries";
import * as trailQueries from "@/api/trail-queries";
import { storeToday } from "@/api/session";
import { allKeysQuery, ownKeysQuery, serviceAccountsQuery } from "@/features/account/keys";
import { findSession, firstPage } from "./find-session";
import { Frame } from "./shell/frame";
import { NoSuchPage, NotFound } from "./not-found";
import { Broken } from "./broken";
import { Loading } from "./loading";
import * as search from "./search";

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NoSuchPage,
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  // Once set up, there is nothing here any more.
  beforeLoad: async () => {
    const found = await findSession();
    if (found !== "setUp") throw redirect(found === "here" ? { to: "/desk" } : { to: "/sign-in" });
  },
  component: lazyRouteComponent(() => import("./set-up")),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: search.signIn,
  component: lazyRouteComponent(() => import("./sign-in")),
});

const forgottenPassword = createRoute({
  getParentRoute: () => root,
  path: "/forgotten-password",
  component: lazyRouteComponent(() => import("./forgotten-password")),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: lazyRouteComponent(() => import("./account-link")),
});

const register = createRoute({
  getParentRoute: () => root,
  path: "/register",
  validateSearch: search.register,
  component: lazyRouteComponent(() => import("./register")),
});

const confirmAddress = createRoute({
  getParentRoute: () => root,
  path: "/confirm-address",
  component: lazyRouteComponent(() => import("./confirm-address")),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: lazyRouteComponent(() => import("./account-link")),
});

/** Everything behind the sign-in. Without a session the way back is kept. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ location }) => {
    const found = await findSession();
    if (found === "setUp") throw redirect({ to: "/setup" });
    if (found === "signIn") throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
  component: Frame,
  notFoundComponent: NotFound,
});

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

/** The pages of administration, with the list of them beside. */
const administration = createRoute({
  getParentRoute: () => signedIn,
  id: "administration",
  component: lazyRouteComponent(() => import("./administration")),
});

const roles = createRoute({
  getParentRoute: () => administration,
  path: "/admin/roles",
  loader: ({ context }) =>
    Promise.all([context.queries.ensureQueryData(queries.rolesQuery), context.queries.ensureQueryData(queries.customRolesQuery)]),
  component: lazyRouteComponent(() => import("./roles")),
});

const people = createRoute({
  getParentRoute: () => administration,
  path: "/admin/people",
  loader: ({ context }) => context.queries.ensureQueryData(queries.usersQuery),
  component: lazyRouteComponent(() => import("./people")),
});

const mailLog = createRoute({
  getParentRoute: () => administration,
  path: "/admin/mail",
  loader: ({ context }) => context.queries.ensureInfiniteQueryData(queries.mailQuery),
  component: lazyRouteComponent(() => import("./mail-log")),
});

const apiKeys = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/api-keys",
  loader: ({ context }) => context.queries.ensureQueryData(ownKeysQuery),
  component: lazyRouteComponent(() => import("./api-keys")),
});

const serviceAccounts = createRoute({
  getParentRoute: () => administration,
  path: "/admin/service-accounts",
  loader: ({ context }) =>
    Promise.all([context.queries.ensureQueryData(serviceAccountsQuery), context.queries.ensureQueryData(allKeysQuery)]),
  component: lazyRouteComponent(() => import("./service-accounts")),
});

const compliance = createRoute({
  getParentRoute: () => administration,
  path: "/admin/compliance",
  loader: ({ context }) => context.queries.ensureQueryData(complianceQuery),
  component: lazyRouteComponent(() => import("./compliance")),
});

const deskDefaults = createRoute({
  getParentRoute: () => administration,
  path: "/admin/desk",
  loader: ({ context }) => context.queries.ensureQueryData(queries.deskSettingsQuery),
  component: lazyRouteComponent(() => import("./desk-defaults")),
});

const audit = createRoute({
  getParentRoute: () => administration,
  path: "/admin/audit",
  validateSearch: search.audit,
  loaderDeps: ({ search: filter }) => filter,
  loader: ({ context, deps }) =>
    Promise.all([
      context.queries.ensureInfiniteQueryData(trailQueries.auditQuery(deps)),
      context.queries.ensureQueryData(trailQueries.auditVocabularyQuery),
    ]),
  component: lazyRouteComponent(() => import("./audit")),
});

const dataMap = createRoute({
  getParentRoute: () => administration,
  path: "/admin/data-map",
  loader: ({ context }) =>
    Promise.all([
      context.queries.ensureQueryData(trailQueries.keysQuery),
      context.queries.ensureQueryData(trailQueries.dataMapQuery),
    ]),
  component: lazyRouteComponent(() => import("./data-map")),
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

const taxSettings = createRoute({
  getParentRoute: () => administration,
  path: "/admin/taxes",
  loader: ({ context }) => context.queries.ensureQueryData(queries.deskSettingsQuery),
  component: lazyRouteComponent(() => import("./tax-settings")),
});

const rateTables = createRoute({
  getParentRoute: () => administration,
  path: "/admin/rates",
  loader: ({ context }) => context.queries.ensureQueryData(queries.rateImportsQuery),
  component: lazyRouteComponent(() => import("./rate-tables")),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: "/account",
  loader: ({ context }) => Promise.all([context.queries.ensureQueryData(queries.factorsQuery), context.queries.ensureQueryData(queries.sessionsQuery)]),
  component: lazyRouteComponent(() => import("./account")),
});

const sessionSettings = createRoute({
  getParentRoute: () => administration,
  path: "/admin/sessions",
  loader: ({ context }) => context.queries.ensureQueryData(queries.sessionSettingsQuery),
  component: lazyRouteComponent(() => import("./session-settings")),
});

const tree = root.addChildren([
  setUp,
  signIn,
  forgottenPassword,
  resetPassword,
  welcome,
  register,
  confirmAddress,
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
    administration.addChildren([
      people,
      roles,
      serviceAccounts,
      sessionSettings,
      deskDefaults,
      taxSettings,
      rateTables,
      mailLog,
      compliance,
      audit,
      dataMap,
    ]),
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
