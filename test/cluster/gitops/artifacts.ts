import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Files } from './tool';
import { tar, type TarEntry } from '../harness/tar';

/** A server on loopback that gives out archives as Flux's source-controller does. */
export interface ArtifactServer {
  /** Packs the files and returns what the status of a GitRepository says of the archive. */
  publish(files: Files): Artifact;
  close(): Promise<void>;
}

/** What a source's status says of an archive; its fields are the API's. */
export interface Artifact {
  readonly path: string;
  readonly url: string;
  readonly revision: string;
  readonly digest: string;
  readonly size: number;
  readonly lastUpdateTime: string;
}

/** Starts the server on a free port. */
export async function startArtifactServer(): Promise<ArtifactServer> {
  const archives = new Map<string, Buffer>();
  const server = createServer(({ url = '' }, response) => {
    const archive = archives.get(url.slice(1));
    response.writeHead(archive === undefined ? 404 : 200, { 'content-length': archive?.length ?? 0 }).end(archive);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    publish(files) {
      const archive = gzipSync(tar(entriesOf(files)));
      // The same files give the same archive, and so the same revision, as a tree of Git has one name.
      const revision = createHash('sha1').update(archive).digest('hex');
      const path = `${revision}.tar.gz`;
      archives.set(path, archive);
      return {
        path,
        url: `http://127.0.0.1:${port}/${path}`,
        revision: `main@sha1:${revision}`,
        digest: `sha256:${createHash('sha256').update(archive).digest('hex')}`,
        size: archive.length,
        lastUpdateTime: new Date().toISOString().replace(/\.\d+/, ''),
      };
    },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function entriesOf(files: Files): TarEntry[] {
  const folders = new Set(Object.keys(files).map((path) => dirname(path)).filter((path) => path !== '.'));
  return [
    ...[...folders].map((path): TarEntry => ({ path: `${path}/`, type: 'folder' })),
    ...Object.entries(files).map(([path, text]): TarEntry => ({ path, type: 'file', mode: 0o644, bytes: Buffer.from(text) })),
  ];
}
