import { createServer, type Server } from 'node:net';

/** Below the range of ports of outgoing connections, so that none of those takes a port between here and its use. */
const lowest = 12_000;
const highest = 29_000;

/** Picks TCP ports of 127.0.0.1 that nobody listens on, all different. */
export async function freePorts<const Names extends readonly string[]>(names: Names): Promise<Record<Names[number], number>> {
  const servers: Server[] = [];
  try {
    while (servers.length < names.length) {
      const server = await tryListen(lowest + Math.floor(Math.random() * (highest - lowest)));
      if (server !== undefined) servers.push(server);
    }
    return Object.fromEntries(names.map((name, index) => [name, portOf(servers[index])])) as Record<Names[number], number>;
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

function tryListen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: Server | undefined): number {
  const address = server?.address();
  if (address === undefined || address === null || typeof address === 'string') throw new Error('Cannot tell the port of a server that listens');
  return address.port;
}
