// The addresses that need no sign-in.
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { findSession } from "./find-session";
import { root } from "./roots";
import * as search from "./search";

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

const signInReturn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in/return",
  component: lazyRouteComponent(() => import("./sign-in-return")),
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

export const publicPages = [
  setUp,
  signIn,
  signInReturn,
  forgottenPassword,
  resetPassword,
  welcome,
  register,
  confirmAddress,
];
