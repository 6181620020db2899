import { typescript } from 'projen';

/** What a folder of `src` may know: other folders of `src`, and packages. */
interface Layer {
  readonly folders: readonly string[];
  readonly packages: readonly string[];
  /** A pure folder has no clock, no I/O and no randomness. */
  readonly pure: boolean;
}

/** Lowest first; the table of the architecture as data, turned into lint rules below. */
export const layers: Readonly<Record<string, Layer>> = {
  core: { folders: [], packages: [], pure: true },
  schedule: { folders: ['core'], packages: [], pure: true },
  api: { folders: ['core', 'schedule'], packages: [], pure: true },
  port: { folders: ['core', 'api'], packages: [], pure: true },
  rules: { folders: ['core', 'schedule', 'api'], packages: [], pure: true },
  gitops: { folders: ['core', 'schedule', 'api', 'rules'], packages: ['node:crypto'], pure: true },
  yaml: { folders: ['core', 'api'], packages: ['js-yaml'], pure: true },
  export: { folders: ['core', 'api', 'rules', 'yaml'], packages: [], pure: true },
  constructs: { folders: ['core', 'schedule', 'api', 'rules', 'gitops', 'yaml'], packages: ['cdk8s', 'constructs', 'node:crypto'], pure: true },
  synth: { folders: ['yaml', 'constructs'], packages: ['cdk8s', 'constructs', 'node:.*'], pure: false },
  engine: { folders: ['core', 'schedule', 'api', 'port'], packages: [], pure: true },
  verdict: { folders: ['core', 'api'], packages: [], pure: true },
  local: { folders: ['core', 'schedule', 'api', 'port', 'rules', 'engine'], packages: ['node:.*'], pure: false },
  runtime: { folders: ['core', 'api', 'port', 'rules', 'gitops', 'yaml', 'verdict'], packages: ['node:.*'], pure: false },
  testing: { folders: ['core', 'schedule', 'api', 'port', 'rules', 'engine', 'verdict', 'local'], packages: [], pure: false },
  cli: {
    folders: [
      'core', 'schedule', 'api', 'port', 'rules', 'gitops', 'yaml', 'export', 'constructs', 'synth', 'engine', 'verdict', 'local', 'runtime',
      'testing',
    ],
    packages: ['commander', 'node:.*'],
    pure: false,
  },
};

/** A file that may know more than its folder. */
interface Exception {
  readonly file: string;
  readonly packages: readonly string[];
  /** A folder that its own folder must not know. */
  readonly folder?: string;
  readonly reason: string;
}

const exceptions: readonly Exception[] = [
  { file: 'src/runtime/connection/client-node.ts', packages: ['node:.*', '@kubernetes/client-node'], reason: 'identity comes from its KubeConfig' },
  { file: 'src/runtime/local.ts', packages: ['node:.*'], folder: 'local', reason: 'the entry point offers both clusters' },
];

/** Adds the layer table, and the purity of the pure folders, as ESLint rules. */
export function addLayerRules(project: typescript.TypeScriptProject): void {
  const { eslint } = project;
  if (eslint === undefined) return;
  eslint.addRules({
    // Packages cannot lead back here, and components worked out beforehand cost more than they save: a third of the time.
    'import/no-cycle': ['error', { ignoreExternal: true, disableScc: true }],
    // The compiler resolves the package's own name.
    'import/no-unresolved': ['error', { ignore: ['^cdk8s-jobs'] }],
    'import/no-default-export': ['error'],
    'max-len': ['off'],
    '@stylistic/max-len': ['error', { code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
    'max-lines': ['off'],
    '@typescript-eslint/switch-exhaustiveness-check': ['off'],
    '@typescript-eslint/member-ordering': ['off'],
    'import/no-restricted-paths': ['error', { zones: zones() }],
  });
  for (const [folder, layer] of Object.entries(layers)) {
    eslint.addOverride({
      files: [`src/${folder}/**/*.ts`],
      rules: {
        'no-restricted-imports': ['error', packageRule(folder, layer.packages)],
        ...(layer.pure ? { 'no-restricted-syntax': ['error', ...impureSyntax] } : {}),
      },
    });
  }
  // What is loaded at its first use is loaded while a function runs: without `require` that would be a promise.
  eslint.addOverride({
    files: ['src/*/on-demand.ts'],
    rules: { '@typescript-eslint/no-require-imports': ['off'], 'no-restricted-syntax': ['error', ...impureSyntax.filter((rule) => rule !== loading)] },
  });
  eslint.addOverride({ files: ['src/api/fields.ts', 'src/api/kubernetes.ts'], rules: { '@stylistic/max-len': ['off'] } });
  for (const { file, packages, folder } of exceptions) {
    eslint.addOverride({
      files: [file],
      rules: {
        'no-restricted-imports': ['error', packageRule(file, packages)],
        ...(folder === undefined ? {} : { 'import/no-restricted-paths': ['error', { zones: zones().filter(({ from }) => from !== `./src/${folder}`) }] }),
      },
    });
  }
}

function zones(): Array<{ target: string; from: string; message: string }> {
  return Object.entries(layers).flatMap(([folder, { folders }]) =>
    Object.keys(layers)
      .filter((other) => other !== folder && !folders.includes(other))
      .map((other) => ({
        target: `./src/${folder}`,
        from: `./src/${other}`,
        message: `src/${folder} must not know src/${other}`,
      })),
  );
}

function packageRule(folder: string, packages: readonly string[]): object {
  const allowed = packages.length === 0 ? '(?!)' : packages.join('|');
  return { patterns: [{ regex: `^(?!\\.)(?!(?:${allowed})$)`, message: `${folder} must not know this package` }] };
}

const loading = { selector: 'CallExpression[callee.name=require]', message: 'pure folder: modules are imported' };

const impureSyntax = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'pure folder: take the time as a parameter' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'pure folder: take the time as a parameter' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'pure folder: take a seed as a parameter' },
  { selector: 'CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate|fetch)$/]', message: 'pure folder: no I/O and no timers' },
  loading,
  { selector: "Identifier[name='process']", message: 'pure folder: no process' },
  { selector: 'ImportExpression', message: 'pure folder: no dynamic import' },
];
