import { YamlFile, typescript } from 'projen';

/** Adds the GitHub workflow: the whole suite on Linux, the pure part on macOS and Windows, the cluster suite on kind. */
export function addWorkflow(project: typescript.TypeScriptProject): void {
  const checkout = { uses: 'actions/checkout@v4' };
  const node = (version: string) => ({ uses: 'actions/setup-node@v4', with: { 'node-version': version, 'cache': 'npm' } });
  new YamlFile(project, '.github/workflows/ci.yml', {
    obj: {
      name: 'ci',
      on: { push: { branches: ['main'] }, pull_request: {} },
      permissions: { contents: 'read' },
      jobs: {
        linux: {
          'runs-on': 'ubuntu-latest',
          'strategy': { 'fail-fast': false, 'matrix': { node: ['20', '22', '24'] } },
          'steps': [
            checkout,
            node('${{ matrix.node }}'),
            { run: 'npm install-test' },
            { run: 'npx projen eslint' },
            { run: 'npx projen && npx projen generate && npx projen docgen' },
            { name: 'Generated files are fresh', run: 'git diff --exit-code' },
          ],
        },
        pure: {
          'runs-on': '${{ matrix.os }}',
          'strategy': { 'fail-fast': false, 'matrix': { os: ['macos-latest', 'windows-latest'] } },
          'steps': [
            checkout,
            node('20'),
            { run: 'npm install' },
            { run: 'npx projen compile' },
            { run: 'npx jest --ci test/core test/schedule test/spec test/rules test/yaml test/constructs test/engine test/verdict' },
          ],
        },
        cluster: {
          'runs-on': 'ubuntu-latest',
          'strategy': { 'fail-fast': false, 'matrix': { kubernetes: ['v1.33.13', 'v1.37.2'] } },
          'steps': [
            checkout,
            node('22'),
            // The oldest and the newest supported version, from the release itself: ready-made node images lag behind.
            { uses: 'helm/kind-action@v1', with: { install_only: true } },
            { run: 'kind build node-image --image kindest/node:test ${{ matrix.kubernetes }}' },
            { run: 'kind create cluster --image kindest/node:test --wait 3m' },
            // Argo CD's cache; Go is there already.
            { run: 'sudo apt-get update && sudo apt-get install --yes --no-install-recommends redis-server' },
            { run: 'npm install' },
            { run: 'KUBECONFIG="$HOME/.kube/config" npm run test:cluster' },
          ],
        },
      },
    },
  });
}
