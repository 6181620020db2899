import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkedMark } from '../../scripts/checked-declarations';

const root = join(__dirname, '..', '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** What a command printed, and how it ended. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in a folder. */
export function run(folder: string, program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Ran {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env, maxBuffer: 1e8 });
  return { status, stdout, stderr };
}

/** Where the JavaScript of a package's command lies. */
export function command(name: string): string {
  const scripts: Readonly<Record<string, string>> = {
    'tsc': 'typescript/bin/tsc', 'ts-node': 'ts-node/dist/bin.js', 'tsx': 'tsx/dist/cli.mjs', 'cdk8s': 'cdk8s-cli/bin/cdk8s',
  };
  return join(root, 'node_modules', scripts[name] ?? name);
}

/** A packed copy of the package: what is in the tarball, the tarball, and the folder that holds it, which the caller takes away. */
export interface Packed {
  readonly folder: string;
  readonly files: readonly string[];
  readonly tarball: string;
}

/** Compiles and packs the package in a folder of its own, so that the checkout stays as it is. */
export function pack(): Packed {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-pack-'));
  run(root, process.execPath, [command('tsc'), '-p', join(root, 'tsconfig.json'), '--outDir', join(folder, 'lib')]);
  const deferred = run(root, process.execPath, ['--import', 'tsx', join(root, 'scripts', 'defer-imports.ts'), join(folder, 'lib')]);
  if (deferred.status !== 0) throw new Error(deferred.stderr);
  for (const name of ['package.json', 'README.md', 'LICENSE', 'API.md', '.npmignore', 'tsconfig.json', 'jest.config.json', 'test', 'docs', 'examples']) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true, filter: (path) => !path.includes('node_modules') });
  }
  const { stdout, stderr, status } = run(folder, npm, ['pack', '--json', '--ignore-scripts']);
  if (status !== 0) throw new Error(stderr);
  const [entry] = JSON.parse(stdout) as Array<{ readonly filename: string; readonly files: ReadonlyArray<{ readonly path: string }> }>;
  if (entry === undefined) throw new Error(stdout);
  return { folder, files: entry.files.map(({ path }) => path), tarball: join(folder, entry.filename) };
}

/** Where the peers lie: the oldest of our range is our own, and cdk8s-cli brings the newest of the lock file along. */
export const peerFolders = { oldest: join(root, 'node_modules'), newest: join(root, 'node_modules', 'cdk8s-cli', 'node_modules') };

/** The version of a package in a folder of packages. */
export function versionOf(folder: string, name: string): string {
  return (JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { readonly version: string }).version;
}

/** An empty folder in which the tarball is installed, beside its peers and what the cdk8s template brings. */
export function install(tarball: string, peers = peerFolders.oldest): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-app-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'cdk8s-jobs'), { recursive: true });
  const { status, stderr } = run(join(modules, 'cdk8s-jobs'), 'tar', ['-xzf', tarball, '--strip-components=1']);
  if (status !== 0) throw new Error(stderr);
  const [own, theirs] = [(name: string): string => join(root, 'node_modules', name), (name: string): string => join(peers, name)];
  const links = {
    'cdk8s': theirs('cdk8s'), 'constructs': theirs('constructs'), 'commander': own('commander'), 'js-yaml': own('js-yaml'), '@types/node': own('types-node-14'),
  };
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(target, join(modules, name), 'junction');
  }
  return folder;
}

/** The declaration files of the installed package. */
export function declarations(folder: string): readonly string[] {
  const library = join(folder, 'node_modules', 'cdk8s-jobs', 'lib');
  return readdirSync(library, { recursive: true, encoding: 'utf8' }).filter((name) => /\.d\.m?ts$/.test(name)).map((name) => join(library, name));
}

/** Takes from the installed declarations the mark that they were checked, so that the compiler checks them beside these peers. */
export function unmarkDeclarations(folder: string): void {
  for (const path of declarations(folder)) writeFileSync(path, readFileSync(path, 'utf8').replace(checkedMark, ''));
}

/** The compiler settings that `cdk8s init typescript-app` writes. */
export const templateConfig = {
  compilerOptions: {
    alwaysStrict: true,
    declaration: true,
    experimentalDecorators: true,
    inlineSourceMap: true,
    inlineSources: true,
    lib: ['es2016'],
    module: 'CommonJS',
    noEmitOnError: true,
    noFallthroughCasesInSwitch: true,
    noImplicitAny: true,
    noImplicitReturns: true,
    noImplicitThis: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    resolveJsonModule: true,
    strict: true,
    strictNullChecks: true,
    strictPropertyInitialization: true,
    stripInternal: true,
    target: 'ES2017',
  },
  include: ['**/*.ts'],
  exclude: ['node_modules'],
};

/** Writes files below a folder. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** The YAML files of an output folder. */
export function listYaml(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : [];
}
