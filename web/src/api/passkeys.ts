// The browser's side of passkeys: the server's words turned into what `navigator.credentials` takes, and back.
import type { FactorProof, PasskeyCreation, PasskeyRequest } from "./types";

/** ES256, EdDSA, RS256: what the server verifies. */
const ALGORITHMS = [-7, -8, -257];

/** Whether this browser has passkeys at all; on a page that is not secure it has none. */
export function hasPasskeys(): boolean {
  return "PublicKeyCredential" in window;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The sixteen bytes of an id. */
function handleOf(id: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(id.replaceAll("-", "").match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

const known = (ids: readonly string[]) => ids.map((id) => ({ type: "public-key" as const, id: bytesOf(id) }));

/** Makes a passkey; nothing when the person thought better of it. */
export async function createPasskey({ challenge, rpId, userId, userName, exclude }: PasskeyCreation) {
  const made = await allowed(
    navigator.credentials.create({
      publicKey: {
        challenge: bytesOf(challenge),
        rp: { id: rpId, name: "Autolytiq" },
        user: { id: handleOf(userId), name: userName, displayName: userName },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key" as const, alg })),
        excludeCredentials: known(exclude),
        authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
        attestation: "none",
      },
    }),
  );
  if (!(made instanceof PublicKeyCredential) || !(made.response instanceof AuthenticatorAttestationResponse)) return undefined;
  const publicKey = made.response.getPublicKey();
  if (publicKey === null) return undefined;
  return {
    id: textOf(made.rawId),
    clientData: textOf(made.response.clientDataJSON),
    authenticatorData: textOf(made.response.getAuthenticatorData()),
    publicKey: textOf(publicKey),
  };
}

/** Proves one; nothing when the person thought better of it. */
export async function provePasskey({ challenge, rpId, allow }: PasskeyRequest): Promise<FactorProof | undefined> {
  const given = await allowed(
    navigator.credentials.get({ publicKey: { challenge: bytesOf(challenge), rpId, allowCredentials: known(allow), userVerification: "preferred" } }),
  );
  if (!(given instanceof PublicKeyCredential) || !(given.response instanceof AuthenticatorAssertionResponse)) return undefined;
  return {
    method: "passkey",
    id: textOf(given.rawId),
    clientData: textOf(given.response.clientDataJSON),
    authenticatorData: textOf(given.response.authenticatorData),
    signature: textOf(given.response.signature),
  };
}

/** A browser says no with an exception, whatever the reason was. */
function allowed(asked: Promise<Credential | null>): Promise<Credential | null> {
  return asked.catch((error: unknown) => {
    if (error instanceof DOMException) return null;
    throw error;
  });
}
