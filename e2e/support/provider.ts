// A real OpenID provider (panva's `oidc-provider`) on this machine, with one person whose groups a journey chooses.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export const CLIENT = { id: "autolytiq-desk", secret: "kept between the two of them" };

export interface Somebody {
  email: string;
  name: string;
  groups: string[];
}

export interface OpenProvider {
  issuer: string;
  close: () => Promise<void>;
}

/** Starts the provider for a product at this address. Whatever account name one types is `somebody`. */
export async function openProvider(product: string, somebody: Somebody): Promise<OpenProvider> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${product}/sign-in/return`],
        post_logout_redirect_uris: [`${product}/sign-in`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
    scopes: ["openid", "email", "profile", "groups"],
    cookies: { keys: ["a journey's"] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    pkce: { required: () => true },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email_verified: true, ...somebody }),
    }),
  });
  server.on("request", provider.callback());
  return {
    issuer,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
