import { validateManifest } from '../../src/rules/validate-manifest';

function adviceOn(container: object, spec: object = {}): string[] {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1', ...container }] } };
  return validateManifest({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: { ...spec, template } })
    .map(({ field, message }) => `${field.replace('spec.template.spec.containers[0].', '')}: ${message.split(';')[0]}`);
}

const indexed = { completions: 2, completionMode: 'Indexed' };
const index = '$(JOB_COMPLETION_INDEX)';
const env = (value: string, ...before: readonly object[]): object => ({ env: [...before, { name: 'A', value }] });

test.each<[sentence: string, container: object, spec: object, says: readonly string[]]>([
  ['the index in env of an Indexed Job', env(index), indexed, [`env[0].value: ${index} stays as it is: the controller adds that variable behind all others`]],
  ['the index in env of another Job', env(index), {}, [`env[0].value: ${index} stays as it is: only Indexed Jobs have that variable`]],
  ['the index in args of an Indexed Job', { args: [index] }, indexed, []],
  ['the index in args of another Job', { args: [index] }, {}, [`args[0]: ${index} stays as it is: only Indexed Jobs have that variable`]],
  ['an index that was defined before', env(index, { name: 'JOB_COMPLETION_INDEX', value: '1' }), indexed, []],
  ['a variable that comes later', { env: [{ name: 'A', value: '$(B)' }, { name: 'B' }] }, {}, ['env[0].value: $(B) stays as it is: the variable is defined further down']],
  ['a variable of its own name', env('$(A)'), {}, ['env[0].value: $(A) stays as it is: the variable is defined further down']],
  ['a variable that there is not', env('$(nope)'), {}, ['env[0].value: $(nope) stays as it is: the container has no such variable']],
  ['variables from elsewhere', { ...env('$(B)'), args: ['$(C)'], envFrom: [{ configMapRef: { name: 'c' } }] }, {}, []],
  ['what a shell replaces', { command: ['sh', '-c', 'echo $(date) $(basename $0) $(ls -l)'] }, {}, []],
  ['a dollar that is meant', { ...env('$$(B)'), args: ['$$(C)'] }, {}, []],
  ['variables of services', env('$(KUBERNETES_SERVICE_HOST):$(DB_PORT_5432_TCP_PORT)'), {}, []],
])('%s', (_, container, spec, says) => {
  expect(adviceOn(container, spec)).toEqual(says);
});
