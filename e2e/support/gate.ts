// A gate in front of the product, as a store's own proxy would be: it can pass a newer build of the client off, and cut
// the connections that are open.
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface Gate {
  url: string;
  /** From now on the client is of another build: the same files under other names. */
  deploy: () => void;
  /** Ends every open connection. */
  cut: () => void;
  close: () => Promise<void>;
}

// All of them, also where one script names another: else the page would hold the entry twice, under both names.
const SCRIPTS = /((?:assets|\.)\/[\w-]+)\.js/g;
const SHELL = /shell-/g;

export async function openGate(product: string): Promise<Gate> {
  let deployed = false;
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => pass(product, incoming, outgoing, () => deployed));
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    deploy: () => {
      deployed = true;
    },
    cut,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function pass(product: string, incoming: IncomingMessage, outgoing: ServerResponse, deployed: () => boolean) {
  const asked = incoming.url ?? "/";
  const path = asked.replace("-newer.js", ".js");
  const rewritten = deployed() && !path.startsWith("/api/") && (path === "/sw.js" || path !== asked || !path.includes("."));
  const headers = { ...incoming.headers, ...(rewritten && { "accept-encoding": "identity" }) };
  const onward = request(new URL(path, product), { method: incoming.method, headers }, (answer) => {
    if (!rewritten) {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      // Live updates begin with their headers, long before the first of them.
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      return;
    }
    const parts: Buffer[] = [];
    answer.on("data", (part: Buffer) => parts.push(part));
    answer.on("end", () => {
      const text = Buffer.concat(parts).toString();
      const { "content-length": _, etag: __, ...kept } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, kept);
      outgoing.end(text.replaceAll(SCRIPTS, "$1-newer.js").replaceAll(SHELL, "shell-newer-"));
    });
  });
  onward.on("error", () => outgoing.destroy());
  incoming.pipe(onward);
}
