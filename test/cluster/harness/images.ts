import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { tar, type TarEntry } from './tar';

/** The name of the image whose container holds a pod's namespaces. */
export const sandboxImage = 'localhost/cdk8s-jobs/sandbox:1';

interface Image {
  readonly names: readonly string[];
  readonly entries: readonly TarEntry[];
  readonly command: readonly string[];
}

/**
 * Writes an OCI image archive with every image that tests use, made from programs of this machine.
 *
 * busybox:1.28, :1.36 and :latest have busybox with all its applets; redis:7 has redis-server and redis-cli beside it.
 */
export function imageArchive(): Buffer {
  const busybox = busyboxEntries();
  return ociArchive([
    { names: ['1.28', '1.36', 'latest'].map((tag) => `docker.io/library/busybox:${tag}`), entries: busybox, command: ['sh'] },
    { names: [sandboxImage], entries: busybox, command: ['sleep', '2147483647'] },
    {
      names: ['docker.io/library/redis:7'],
      entries: [...busybox, ...programEntries(['/usr/bin/redis-server', '/usr/bin/redis-cli'], 'usr/local/bin')],
      command: ['redis-server'],
    },
  ]);
}

function busyboxEntries(): TarEntry[] {
  const applets = spawnSync('/bin/busybox', ['--list'], { encoding: 'utf8' }).stdout.split('\n').filter((name) => name !== '' && name !== 'busybox');
  return [
    { path: 'bin/', type: 'folder' },
    { path: 'etc/', type: 'folder' },
    { path: 'root/', type: 'folder', mode: 0o700 },
    { path: 'var/', type: 'folder' },
    { path: 'tmp/', type: 'folder', mode: 0o1777 },
    { path: 'bin/busybox', type: 'file', bytes: readFileSync('/bin/busybox') },
    ...applets.map((name): TarEntry => ({ path: `bin/${name}`, type: 'link', target: 'busybox' })),
    { path: 'etc/passwd', type: 'file', mode: 0o644, bytes: Buffer.from('root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n') },
    { path: 'etc/group', type: 'file', mode: 0o644, bytes: Buffer.from('root:x:0:\nnobody:x:65534:\n') },
  ];
}

/** Programs of this machine with the shared libraries that they load, these under the paths where the loader looks for them. */
function programEntries(programs: readonly string[], folder: string): TarEntry[] {
  const libraries = [...new Set(programs.flatMap(sharedLibraries))];
  const files = [
    ...programs.map((path) => ({ path: `${folder}/${basename(path)}`, from: path })),
    ...libraries.map((path) => ({ path: path.slice(1), from: path })),
  ];
  const folders = new Set(files.flatMap(({ path }) => parents(path)));
  return [
    ...[...folders].sort().map((path): TarEntry => ({ path: `${path}/`, type: 'folder' })),
    ...files.map(({ path, from }): TarEntry => ({ path, type: 'file', bytes: readFileSync(realpathSync(from)) })),
  ];
}

function sharedLibraries(program: string): string[] {
  const listed = spawnSync('ldd', [program], { encoding: 'utf8' }).stdout;
  return [...listed.matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)].map(([, path]) => path ?? '').filter((path) => existsSync(path));
}

function parents(path: string): string[] {
  const parent = dirname(path);
  return parent === '.' ? [] : [...parents(parent), parent];
}

/** One layer, one configuration and one manifest for each image; the index names them as containerd's import expects. */
function ociArchive(images: readonly Image[]): Buffer {
  const blobs = new Map<string, Buffer>();
  const blob = (mediaType: string, bytes: Buffer): { mediaType: string; digest: string; size: number } => {
    const digest = createHash('sha256').update(bytes).digest('hex');
    blobs.set(digest, bytes);
    return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
  };
  const json = (kind: string, value: object) => blob(`application/vnd.oci.image.${kind}.v1+json`, Buffer.from(JSON.stringify(value)));
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;

  const manifests = images.flatMap(({ names, entries, command }) => {
    const layer = blob('application/vnd.oci.image.layer.v1.tar', tar(entries));
    const config = json('config', {
      architecture,
      os: 'linux',
      config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: command, WorkingDir: '/' },
      rootfs: { type: 'layers', diff_ids: [layer.digest] },
    });
    const manifest = json('manifest', { schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', config, layers: [layer] });
    return names.map((name) => ({ ...manifest, annotations: { 'io.containerd.image.name': name }, platform: { architecture, os: 'linux' } }));
  });
  return tar([
    { path: 'oci-layout', type: 'file', mode: 0o644, bytes: Buffer.from('{"imageLayoutVersion":"1.0.0"}') },
    { path: 'index.json', type: 'file', mode: 0o644, bytes: Buffer.from(JSON.stringify({ schemaVersion: 2, manifests })) },
    { path: 'blobs/', type: 'folder' },
    { path: 'blobs/sha256/', type: 'folder' },
    ...[...blobs].map(([digest, bytes]): TarEntry => ({ path: `blobs/sha256/${digest}`, type: 'file', mode: 0o644, bytes })),
  ]);
}
