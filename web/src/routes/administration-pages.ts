// The addresses of administration.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { groupPeopleQuery, groupQuery } from "@/api/group";
import { complianceQuery } from "@/api/privacy";
import { dealNumbersQuery, numberingQuery, stockNumbersQuery } from "@/api/numbers";
import * as queries from "@/api/queries";
import * as trailQueries from "@/api/trail-queries";
import { allKeysQuery, serviceAccountsQuery } from "@/features/access/keys";
import { singleSignOnQuery } from "@/features/admin/sso/query";
import { teamsQuery } from "@/features/admin/teams/query";
import { mailTemplatesQuery } from "@/features/messages/queries";
import { featuresQuery } from "@/features/switches/query";
import { signedIn } from "./roots";
import * as search from "./search";

/** The pages of administration, with the list of them beside. */
const administration = createRoute({
  getParentRoute: () => signedIn,
  id: "administration",
  component: lazyRouteComponent(() => import("./administration")),
});

const group = createRoute({
  getParentRoute: () => administration,
  path: "/admin/group",
  validateSearch: search.group,
  loader: ({ context }) => context.queries.ensureQueryData(groupQuery),
  component: lazyRouteComponent(() => import("./group")),
});

const groupPeople = createRoute({
  getParentRoute: () => administration,
  path: "/admin/group-people",
  validateSearch: search.groupPeople,
  loaderDeps: ({ search: { q } }) => ({ q }),
  loader: ({ context, deps }) => context.queries.ensureInfiniteQueryData(groupPeopleQuery(deps.q)),
  component: lazyRouteComponent(() => import("./group-people")),
});

const people = createRoute({
  getParentRoute: () => administration,
  path: "/admin/people",
  loader: ({ context }) => context.queries.ensureQueryData(queries.usersQuery),
  component: lazyRouteComponent(() => import("./people")),
});

const importPeople = createRoute({
  getParentRoute: () => administration,
  path: "/admin/people/import",
  loader: ({ context }) =>
    Promise.all([context.queries.ensureQueryData(queries.userImportsQuery), context.queries.ensureQueryData(queries.usersQuery)]),
  component: lazyRouteComponent(() => import("./import-people")),
});

const roles = createRoute({
  getParentRoute: () => administration,
  path: "/admin/roles",
  loader: ({ context }) =>
    Promise.all([context.queries.ensureQueryData(queries.rolesQuery), context.queries.ensureQueryData(queries.customRolesQuery)]),
  component: lazyRouteComponent(() => import("./roles")),
});

const teams = createRoute({
  getParentRoute: () => administration,
  path: "/admin/teams",
  loader: ({ context }) => Promise.all([context.queries.ensureQueryData(teamsQuery), context.queries.ensureQueryData(queries.usersQuery)]),
  component: lazyRouteComponent(() => import("./teams")),
});

const serviceAccounts = createRoute({
  getParentRoute: () => administration,
  path: "/admin/service-accounts",
  loader: ({ context }) =>
    Promise.all([context.queries.ensureQueryData(serviceAccountsQuery), context.queries.ensureQueryData(allKeysQuery)]),
  component: lazyRouteComponent(() => import("./service-accounts")),
});

const sessionSettings = createRoute({
  getParentRoute: () => administration,
  path: "/admin/sessions",
  loader: ({ context }) => context.queries.ensureQueryData(queries.sessionSettingsQuery),
  component: lazyRouteComponent(() => import("./session-settings")),
});

const singleSignOn = createRoute({
  getParentRoute: () => administration,
  path: "/admin/single-sign-on",
  loader: ({ context }) => context.queries.ensureQueryData(singleSignOnQuery),
  component: lazyRouteComponent(() => import("./single-sign-on")),
});

const storeProfile = createRoute({
  getParentRoute: () => administration,
  path: "/admin/profile",
  loader: ({ context }) => context.queries.ensureQueryData(queries.letterheadQuery),
  component: lazyRouteComponent(() => import("./store-profile")),
});

const numbering = createRoute({
  getParentRoute: () => administration,
  path: "/admin/numbering",
  loader: ({ context }) =>
    Promise.all([
      context.queries.ensureQueryData(numberingQuery),
      context.queries.ensureQueryData(dealNumbersQuery),
      context.queries.ensureQueryData(stockNumbersQuery),
    ]),
  component: lazyRouteComponent(() => import("./numbering")),
});

const features = createRoute({
  getParentRoute: () => administration,
  path: "/admin/features",
  loader: ({ context }) => context.queries.ensureQueryData(featuresQuery),
  component: lazyRouteComponent(() => import("./features")),
});

const deskDefaults = createRoute({
  getParentRoute: () => administration,
  path: "/admin/desk",
  loader: ({ context }) => context.queries.ensureQueryData(queries.deskSettingsQuery),
  component: lazyRouteComponent(() => import("./desk-defaults")),
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

const messages = createRoute({
  getParentRoute: () => administration,
  path: "/admin/messages",
  validateSearch: search.messages,
  loader: ({ context }) => context.queries.ensureQueryData(mailTemplatesQuery),
  component: lazyRouteComponent(() => import("./messages")),
});

const mailLog = createRoute({
  getParentRoute: () => administration,
  path: "/admin/mail",
  loader: ({ context }) => context.queries.ensureInfiniteQueryData(queries.mailQuery),
  component: lazyRouteComponent(() => import("./mail-log")),
});

const compliance = createRoute({
  getParentRoute: () => administration,
  path: "/admin/compliance",
  loader: ({ context }) => context.queries.ensureQueryData(complianceQuery),
  component: lazyRouteComponent(() => import("./compliance")),
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

export const administrationPages = administration.addChildren([
  group,
  groupPeople,
  people,
  importPeople,
  roles,
  teams,
  serviceAccounts,
  sessionSettings,
  singleSignOn,
  storeProfile,
  numbering,
  features,
  deskDefaults,
  taxSettings,
  rateTables,
  messages,
  mailLog,
  compliance,
  audit,
  dataMap,
]);
