import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiHandler, type HandlerOptions } from './api-handler';
import type { ServedCluster } from './api-objects';

/**
 * How an API server is started.
 *
 * Whoever knows `secret` can start processes on this machine: it must be hard to guess, and belongs in a kubeconfig that only its owner
 * can read. It is part of the path, since kubectl sends no token without TLS.
 */
interface ApiServerOptions extends HandlerOptions {
  /** Default 0: any free port. */
  readonly port?: number;
}

/** An API server that listens. */
export interface ApiServer {
  /** For a kubeconfig: loopback address, port, and the secret as path. */
  readonly url: string;
  /** Ends all streams and stops listening. The cluster behind it stays. */
  close(): Promise<void>;
}

/**
 * Serves a cluster over HTTP, as kubectl and client libraries speak to a real one, on the loopback interface only.
 *
 * It answers what it cannot do with an error: docs/serve.md has the list.
 *
 * @throws the error of `listen` for a port that is taken.
 */
export async function serveCluster(cluster: ServedCluster, options: ApiServerOptions): Promise<ApiServer> {
  const handler = new ApiHandler(cluster, options);
  const server = createServer((request, response) => void handler.handle(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${options.secret}`,
    close: async () => {
      handler.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
