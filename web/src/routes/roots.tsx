// What every address hangs under: the root, and the part behind the sign-in.
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { findSession } from "./find-session";
import { NoSuchPage, NotFound } from "./not-found";
import { Frame } from "./shell/frame";

export const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NoSuchPage,
});

/** Everything behind the sign-in. Without a session the way back is kept. */
export const signedIn = createRoute({
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
