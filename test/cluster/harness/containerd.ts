import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterUnavailableError } from './errors';
import { bridgeName } from './folders';
import { imageArchive, sandboxImage } from './images';
import { startProgram, untilReady, type Program } from './program';

/** Registries that images of tests name; on this node all are one server on loopback that has no image. */
const registries = ['docker.io', 'registry.k8s.io', 'quay.io', 'ghcr.io', 'gcr.io', 'registry.example', 'registry.example.com', 'example.com'];

/** The socket of a cluster's containerd. */
export function containerdSocket(folder: string): string {
  return join(folder, 'containerd.sock');
}

/** Starts containerd with a bridge network and a registry without images, imports the images, and returns the programs. */
export async function startContainerd(folder: string, ports: { readonly registry: number }): Promise<Program[]> {
  writeConfiguration(folder);
  writeNetwork(folder);
  writeRegistries(folder, ports.registry);
  const registry = startRegistry(folder, ports.registry);
  const containerd = startProgram(folder, 'containerd', 'containerd', ['--config', join(folder, 'containerd.toml')]);
  const archive = join(folder, 'images.tar');
  writeFileSync(archive, imageArchive());
  await untilReady('containerd listens', [containerd, registry], () => existsSync(containerdSocket(folder)) || undefined);
  importImages(folder, archive);
  return [containerd, registry];
}

/** Every image is "not found" (404), except that those under `private/` are "unauthorized" (401). */
function startRegistry(folder: string, port: number): Program {
  const emptyFolder = join(folder, 'registry');
  mkdirSync(emptyFolder);
  const configuration = join(folder, 'registry.conf');
  writeFileSync(configuration, '/v2/private:nobody:unknown\n');
  return startProgram(folder, 'registry', '/bin/busybox', ['httpd', '-f', '-p', `127.0.0.1:${port}`, '-h', emptyFolder, '-c', configuration]);
}

function importImages(folder: string, archive: string): void {
  const args = ['--address', containerdSocket(folder), '--namespace', 'k8s.io', 'images', 'import', archive];
  const { status, stderr } = spawnSync('ctr', args, { encoding: 'utf8' });
  if (status !== 0) throw new ClusterUnavailableError(`Cannot start the cluster: ctr images import failed\n${stderr}`);
}

function writeConfiguration(folder: string): void {
  // Everything lies in the cluster's folder, also runc's state and the pods' network namespaces, so that all can be found by it.
  writeFileSync(join(folder, 'containerd.toml'), `version = 2
root = "${join(folder, 'containerd')}"
state = "${join(folder, 'run')}"
[grpc]
  address = "${containerdSocket(folder)}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${sandboxImage}"
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  stream_server_address = "127.0.0.1"
[plugins."io.containerd.grpc.v1.cri".containerd]
  snapshotter = "native"
  default_runtime_name = "runc"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  Root = "${join(folder, 'runc')}"
[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "/usr/lib/cni"
  conf_dir = "${join(folder, 'cni')}"
[plugins."io.containerd.grpc.v1.cri".registry]
  config_path = "${join(folder, 'registries')}"
`);
}

/** Pods reach each other and nothing else: the bridge has no address, and no packet leaves it. */
function writeNetwork(folder: string): void {
  mkdirSync(join(folder, 'cni'));
  writeFileSync(join(folder, 'cni', '10-bridge.conflist'), JSON.stringify({
    cniVersion: '0.4.0',
    name: bridgeName(folder),
    plugins: [{
      type: 'bridge',
      bridge: bridgeName(folder),
      isGateway: false,
      ipMasq: false,
      ipam: { type: 'host-local', dataDir: join(folder, 'addresses'), ranges: [[{ subnet: '10.244.0.0/16' }]] },
    }],
  }));
}

function writeRegistries(folder: string, port: number): void {
  const url = `http://127.0.0.1:${port}`;
  for (const registry of registries) {
    mkdirSync(join(folder, 'registries', registry), { recursive: true });
    writeFileSync(join(folder, 'registries', registry, 'hosts.toml'), `server = "${url}"\n[host."${url}"]\n  capabilities = ["pull", "resolve"]\n`);
  }
}
