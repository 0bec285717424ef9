import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/problem";
import { useSessionState } from "./api/session";
import { keepClient } from "./lib/build";
import { makeRouter } from "./routes/tree";
import "./styles/app.css";

/** Milliseconds until something that failed in passing is read again. */
const AGAIN = 5_000;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Without a network a request fails at once and says so; it does not wait in silence.
      networkMode: "always",
      // What the server refused it will refuse again; only silence is worth a second try.
      retry: (count, error) => count < 2 && error instanceof ApiError && error.isPassing && (!error.isOffline || navigator.onLine),
      // What is shown as failed comes back by itself.
      refetchInterval: ({ state: { error } }) => error instanceof ApiError && error.isPassing && AGAIN,
    },
    mutations: { networkMode: "always" },
  },
});
const router = makeRouter(queries);

function App() {
  const { status } = useSessionState();
  useEffect(() => {
    if (status !== "signedOut" || router.state.location.pathname === "/sign-in") return;
    // The session ended under the page: nothing of it stays in memory, and the way back is kept.
    queries.clear();
    void router.invalidate();
  }, [status]);
  return <RouterProvider router={router} />;
}

const element = document.getElementById("root");
if (element === null) throw new Error("the page has no root");
createRoot(element).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);

if (import.meta.env.PROD) keepClient(import.meta.url);
