import { JsonFile, javascript, typescript } from 'projen';
import { addLayerRules } from './projenrc/layers';
import { addWorkflow } from './projenrc/workflow';

const project = new typescript.TypeScriptProject({
  name: 'cdk8s-jobs',
  description: 'Typed constructs, an exact offline validator, an embedded engine and a runtime for Kubernetes Jobs and CronJobs',
  keywords: ['cdk8s', 'kubernetes', 'job', 'cronjob', 'batch', 'typescript', 'infrastructure-as-code'],
  authorName: 'The cdk8s-jobs authors',
  authorOrganization: true,
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk8s-jobs authors',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.19.0',
  typescriptVersion: '~5.9.3',
  projenrcTs: true,
  sampleCode: false,
  github: false,
  depsUpgrade: false,
  release: false,
  jestOptions: {
    jestVersion: '^30',
    passWithNoTests: false,
    // Golden files must fail when they differ, not be rewritten.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    configFilePath: 'jest.config.json',
    junitReporting: false,
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/'],
      moduleNameMapper: {
        '^cdk8s-jobs$': '<rootDir>/src/index.ts',
        '^cdk8s-jobs/runtime$': '<rootDir>/src/runtime/index.ts',
        '^cdk8s-jobs/validate$': '<rootDir>/src/validate.ts',
        '^cdk8s-jobs/testing$': '<rootDir>/src/testing/index.ts',
        '^cdk8s-jobs/testing/jest$': '<rootDir>/src/testing/jest.ts',
        '^cdk8s-jobs/testing/jest-globals$': '<rootDir>/src/testing/jest-globals.ts',
      },
      maxWorkers: 2,
      // Some tests start processes, and machines may be slow; what hangs is found all the same.
      testTimeout: 60_000,
      collectCoverage: false,
    },
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'bench', 'scripts', 'projenrc'] },
  tsconfig: {
    compilerOptions: {
      target: 'ES2022',
      lib: ['es2022'],
      module: 'node20',
      moduleResolution: javascript.TypeScriptModuleResolution.NODE16,
      types: ['node'],
      isolatedModules: true,
      skipLibCheck: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noPropertyAccessFromIndexSignature: false,
      // Maps point into src, which is not published: they would lead nowhere.
      inlineSourceMap: false,
      inlineSources: false,
    },
  },
  tsconfigDev: {
    include: ['../examples/**/*.ts', '../bench/**/*.ts', '../scripts/**/*.ts'],
    compilerOptions: {
      types: ['node', 'jest'],
      paths: {
        'cdk8s-jobs': ['../src/index.ts'],
        'cdk8s-jobs/runtime': ['../src/runtime/index.ts'],
        'cdk8s-jobs/validate': ['../src/validate.ts'],
        'cdk8s-jobs/testing': ['../src/testing/index.ts'],
        'cdk8s-jobs/testing/jest': ['../src/testing/jest.ts'],
        'cdk8s-jobs/testing/jest-globals': ['../src/testing/jest-globals.ts'],
        'cdk8s-jobs/testing/vitest': ['../src/testing/vitest.mts'],
      },
    },
  },
  // Who tests with jest or vitest has them; a strict installer lets a package import only what it names.
  peerDeps: ['cdk8s@^2.70.0', 'constructs@^10.4.2', '@kubernetes/client-node@^1.4.0', '@jest/globals@>=28', 'vitest@>=1'],
  // What we develop with is in devDeps by hand: the oldest of each range, but today's runners.
  peerDependencyOptions: { pinnedDevDependency: false },
  deps: ['commander@^14.0.3', 'js-yaml@^5.5.0'],
  devDeps: [
    '@jest/globals@^30',
    '@kubernetes/client-node@1.4.0',
    '@types/node@^20',
    'cdk8s@2.70.0',
    'cdk8s-cli@^2.207.60',
    'cdk8s-plus-28@^2.5.6',
    'constructs@10.4.2',
    'cron-parser@^5.10.5',
    'croner@^10',
    // The one that tsx brings.
    'esbuild@~0.28.0',
    'fast-check@^4',
    'projen@^0.103.25',
    'tsx@^4',
    'types-node-14@npm:@types/node@^14',
    // 8.4 names an optional package that no registry has: `npm ci` refuses the lock file.
    'vite@~8.3',
    'vitest@^4',
    'yaml@^2.9.1',
  ],
});

// vitest can be imported by ES modules only.
project.tsconfig?.addInclude('src/**/*.mts');

const { package: pkg } = project;
const optional = { optional: true };
pkg.addField('peerDependenciesMeta', { '@kubernetes/client-node': optional, '@jest/globals': optional, 'vitest': optional });
pkg.addField('bin', { 'cdk8s-jobs': 'lib/cli/main.js', 'kubectl-jobs': 'lib/cli/main.js' });
pkg.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './validate': { types: './lib/validate.d.ts', default: './lib/validate.js' },
  './runtime': { types: './lib/runtime/index.d.ts', default: './lib/runtime/index.js' },
  './testing': { types: './lib/testing/index.d.ts', default: './lib/testing/index.js' },
  './testing/jest': { types: './lib/testing/jest.d.ts', default: './lib/testing/jest.js' },
  './testing/jest-globals': { types: './lib/testing/jest-globals.d.ts', default: './lib/testing/jest-globals.js' },
  './testing/vitest': { types: './lib/testing/vitest.d.mts', default: './lib/testing/vitest.mjs' },
  './package.json': './package.json',
});
// The classic module resolution of the cdk8s template does not read `exports`.
pkg.addField('typesVersions', { '*': { 'validate': ['./lib/validate.d.ts'], 'runtime': ['./lib/runtime/index.d.ts'], 'testing': ['./lib/testing/index.d.ts'], 'testing/jest': ['./lib/testing/jest.d.ts'], 'testing/jest-globals': ['./lib/testing/jest-globals.d.ts'] } });
pkg.addField('files', ['lib', 'docs', 'examples', 'API.md', 'README.md', 'LICENSE']);

for (const folder of ['examples', 'bench', 'scripts']) {
  // Editors and ESLint take the nearest configuration.
  new JsonFile(project, `${folder}/tsconfig.json`, { marker: false, obj: { extends: '../test/tsconfig.json', include: ['**/*.ts'] } });
}
// These files hold the mistakes that the compiler must refuse.
project.tsconfigDev.addExclude('types/reject');
project.tsconfigDev.addExclude('types/accept');
for (const folder of ['accept', 'reject']) project.eslint?.addIgnorePattern(`test/types/${folder}/`);
project.addTask('generate', { description: 'Regenerate the types and tables that are made from data', steps: [{ exec: 'tsx scripts/generate-kubernetes-types.ts' }, { exec: 'tsx scripts/generate-rule-docs.ts' }, { exec: 'tsx scripts/generate-gitops-table.ts' }, { exec: 'tsx bench/mistakes/main.ts --markdown' }] });
const docgen = project.addTask('docgen', { description: 'Regenerate API.md from the doc comments', exec: 'tsx scripts/generate-api-doc.ts' });
project.postCompileTask.spawn(docgen);
project.compileTask.exec('tsx scripts/defer-imports.ts');
// The consumer tests use the compiled package, and jest itself checks no types.
// Style is no test: CI looks at it by itself, and who tests a fresh clone waits a minute less.
project.testTask.removeStep(project.testTask.steps.findIndex(({ spawn }) => spawn === 'eslint'));
project.testTask.prependExec('tsc --noEmit -p test/tsconfig.json');
project.testTask.prependSpawn(project.compileTask);
const demo = project.addTask('demo:run', { description: 'Build, and run the demo Job on the local engine' });
demo.spawn(project.compileTask);
demo.exec('node lib/cli/main.js run --local examples/demo.ts');
project.addTask('test:cluster', {
  description: 'The suites that need a real Kubernetes: the one of KUBECONFIG, or one that is built and started here',
  exec: 'jest --config test/cluster/jest.config.json --runInBand --ci',
  // client-node is an ES module, which Jest loads with this flag only.
  env: { NODE_OPTIONS: '--experimental-vm-modules' },
});
project.addTask('bench', { description: 'The benchmarks, each beside its peers', exec: 'tsx bench/main.ts' });
pkg.setScript('demo', 'npm install --no-audit --no-fund --loglevel=error && npx projen demo:run');

addLayerRules(project);
addWorkflow(project);

project.synth();
