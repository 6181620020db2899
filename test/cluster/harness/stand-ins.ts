/**
 * A module for a version of Kubernetes that this machine cannot build as it is: it asks for a newer Go, or some of its modules are not to
 * be had.
 *
 * Its sources are copied out of the modules, their `go` lines lowered, and what is missing is stood in for by what was there before. No Job
 * comes near any of that: docs/decisions/0033-a-version-before-its-release.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterUnavailableError } from './errors';
import type { Say } from './go-build';

const apiserver = 'k8s.io/apiextensions-apiserver';
const clients = 'k8s.io/apiextensions-api';
const merge = 'sigs.k8s.io/structured-merge-diff';

/** The programs that are built with stand-ins; the others are those of the default version, which a newer API server takes. */
export const standInPrograms: readonly string[] = ['kube-apiserver', 'kube-controller-manager'];

/** What such a build needs of the environment: the JSON reader that a newer Go has by default. */
export const standInEnvironment = { GOEXPERIMENT: 'jsonv2' };

/** A module where it lies, or the archive of one that this Go will not unpack; undefined when there is none. */
export function findModule(name: string, version: string, folder: string): { readonly Dir?: string; readonly Zip?: string } | undefined {
  const { stdout } = spawnSync('go', ['mod', 'download', '-json', `${name}@${version}`], { cwd: folder, encoding: 'utf8' });
  const found = JSON.parse(stdout === '' ? '{}' : stdout) as { readonly Dir?: string; readonly Zip?: string };
  return found.Dir === undefined && found.Zip === undefined ? undefined : found;
}

/**
 * Writes the sources and go.mod of such a version into a folder.
 *
 * @param before the version of Kubernetes that the stand-ins come from: `1.37.2`
 * @throws {ClusterUnavailableError} when Kubernetes itself is not there, or no module can be made of it
 */
export function writeModuleWithStandIns(version: string, before: string, folder: string, say: Say): void {
  say(`making a Go module for Kubernetes ${version} with stand-ins for what is not to be had here`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'go.mod'), 'module cdk8s-jobs/test/cluster/kubernetes\n\ngo 1.26.0\n');
  const edit = (...args: string[]): void => void execFileSync('go', ['mod', 'edit', ...args], { cwd: folder });
  const copy = (name: string, wanted: string): boolean => {
    const found = findModule(name, wanted, folder);
    if (found === undefined) return false;
    const target = join(folder, 'src', name);
    if (found.Dir !== undefined) cpSync(found.Dir, target, { recursive: true });
    else unpack(found.Zip ?? '', `${name}@${wanted}`, target);
    execFileSync('chmod', ['-R', 'u+w', target]);
    lower(join(target, 'go.mod'));
    edit('-replace', `${name}=./src/${name}`);
    return true;
  };

  if (!copy('k8s.io/kubernetes', `v${version}`)) throw new ClusterUnavailableError(`Cannot get k8s.io/kubernetes ${version} as a Go module`);
  const original = readFileSync(join(folder, 'src/k8s.io/kubernetes/go.mod'), 'utf8');
  const staging = [...original.matchAll(/^\s+(k8s\.io\/[\w-]+) => \.\/staging\//gm)].map(([, name]) => name ?? '');
  for (const name of staging) copy(name, `v0.${version.slice(2)}`);
  edit('-require', `k8s.io/kubernetes@v${version}`);
  if (!existsSync(join(folder, 'src', clients))) standInForClients(before, folder, edit);
  standInForMerge(original, before, folder, edit);
  standInForSignatures(folder, edit);
  writeFileSync(join(folder, 'tools.go'), [
    '//go:build tools', '', 'package tools', '', 'import (', ...standInPrograms.map((name) => `\t_ "k8s.io/kubernetes/cmd/${name}"`), ')', '',
  ].join('\n'));
  for (let turn = 0; turn < 40; turn += 1) {
    // Tests ask for modules that are not there; programs do not.
    const { stderr } = spawnSync('go', ['mod', 'tidy', '-e'], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...standInEnvironment } });
    const [, name = '', wanted = ''] = /(\S+)@(\S+) requires go >=/.exec(stderr) ?? [];
    if (name === '') return;
    if (!copy(name, wanted)) throw new ClusterUnavailableError(`Cannot get ${name} ${wanted} as a Go module`);
  }
}

function unpack(archive: string, inside: string, target: string): void {
  const scratch = `${target}.unpacked`;
  mkdirSync(scratch, { recursive: true });
  execFileSync('unzip', ['-q', '-o', archive, '-d', scratch]);
  renameSync(join(scratch, inside), target);
  rmSync(scratch, { recursive: true });
}

/** Lets an older Go read a module: what it lacks then, the compiler says. */
function lower(goMod: string): void {
  const text = readFileSync(goMod, 'utf8');
  writeFileSync(goMod, text.replace(/^go 1\.(?:2[7-9]|[3-9]\d).*$/m, 'go 1.26.0').replace(/^(?:godebug default|toolchain).*$\n/gm, ''));
}

/** The types and clients of CustomResourceDefinitions, which lay in another module before. */
function standInForClients(before: string, folder: string, edit: (...args: string[]) => void): void {
  const { Dir = '' } = findModule(apiserver, `v0.${before.slice(2)}`, folder) ?? {};
  const target = join(folder, 'src', clients);
  for (const path of ['pkg/apis/apiextensions/v1', 'pkg/apis/apiextensions/v1beta1', 'pkg/client']) cpSync(join(Dir, path), join(target, path), { recursive: true });
  execFileSync('chmod', ['-R', 'u+w', target]);
  eachGoFile(target, (path, text) => {
    if (/(?:_test|zz_generated\.conversion)\.go$/.test(path) || /\/apis\/.*\/conversion\.go$/.test(path)) return undefined;
    return text.replaceAll(new RegExp(`"${apiserver}/pkg/(apis/apiextensions/v1|client)`, 'g'), `"${clients}/pkg/$1`).replaceAll(`${merge}/v6`, `${merge}/v7`);
  });
  for (const kind of ['v1', 'v1beta1']) writeFileSync(join(target, 'pkg/apis/apiextensions', kind, 'null.go'), `package ${kind}\n\nvar nullLiteral = []byte("null")\n`);
  writeFileSync(join(target, 'go.mod'), `module ${clients}\n\ngo 1.26.0\n`);
  edit('-replace', `${clients}=./src/${clients}`);
}

/** The library that merges managed fields: a newer major version of it is the older one under its name. */
function standInForMerge(original: string, before: string, folder: string, edit: (...args: string[]) => void): void {
  const wanted = new RegExp(`${merge}/v7 (v\\S+)`).exec(original)?.[1];
  if (wanted === undefined || findModule(`${merge}/v7`, wanted, folder) !== undefined) return;
  const { Dir: kubernetes = '' } = findModule('k8s.io/kubernetes', `v${before}`, folder) ?? {};
  const old = new RegExp(`${merge}/v6 (v\\S+)`).exec(readFileSync(join(kubernetes, 'go.mod'), 'utf8'))?.[1] ?? '';
  const { Dir = '' } = findModule(`${merge}/v6`, old, folder) ?? {};
  const target = join(folder, 'src', merge, 'v7');
  cpSync(Dir, target, { recursive: true });
  execFileSync('chmod', ['-R', 'u+w', target]);
  eachGoFile(target, (path, text) => (path.endsWith('_test.go') ? undefined : text.replaceAll(`${merge}/v6`, `${merge}/v7`)));
  const goMod = join(target, 'go.mod');
  writeFileSync(goMod, readFileSync(goMod, 'utf8').replace(`${merge}/v6`, `${merge}/v7`));
  edit('-replace', `${merge}/v7=./src/${merge}/v7`);
}

/** Signatures that only a newer Go makes: their names, and no keys. */
function standInForSignatures(folder: string, edit: (...args: string[]) => void): void {
  const target = join(folder, 'src/standin/mldsa');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'go.mod'), 'module standin/mldsa\n\ngo 1.26.0\n');
  cpSync(join(__dirname, '..', 'kubernetes', 'mldsa.go.txt'), join(target, 'mldsa.go'));
  eachGoFile(join(folder, 'src/k8s.io'), (_, text) => text.replaceAll('"crypto/mldsa"', '"standin/mldsa"').replaceAll(/\bx509\.MLDSA\b/g, 'x509.PublicKeyAlgorithm(99)'));
  edit('-require', 'standin/mldsa@v0.0.1', '-replace', 'standin/mldsa=./src/standin/mldsa');
}

/** Rewrites the Go files of a folder; undefined takes one away. */
function eachGoFile(folder: string, rewrite: (path: string, text: string) => string | undefined): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.go')) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'utf8');
    const written = rewrite(path, text);
    if (written === undefined) rmSync(path);
    else if (written !== text) writeFileSync(path, written);
  }
}
