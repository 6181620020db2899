import { advice, adviceSource } from './advice-rule';
import { type Decoded } from '../../api/decoded';
import { type Container, type PodSpec } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';
import { eachContainer } from '../pod/containers';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inPod, minimalContainer } from '../rule/wrap';

const of = (container: object): object => ({ containers: [{ ...minimalContainer, ...container }] });

/** What the API server accepts as a program, its arguments and its variables, and no container makes sense of. */
export const commandAdvice: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source: adviceSource,
  wrap: inPod,
  rules: [
    advice({
      id: 'command-in-words',
      field: '{initContainers,containers}[*].command',
      message: 'is looked up as one program name, blanks included: write each word as an element, or call a shell: ["sh", "-c", "…"]',
      finds: (pod, scope) => eachContainer(pod, scope.at, ({ command = [], args = [] }, at) => {
        const [program, ...others] = command;
        if (program !== undefined && others.length + args.length === 0 && isLine(program)) scope.report(program, at.child('command').index(0));
      }),
      examples: {
        bad: [of({ command: ['python main.py'] }), of({ command: ['sh -c "echo hello"'] })],
        good: [of({ command: ['python', 'main.py'] }), of({ command: ['sh', '-c', 'echo hello'] }), of({ command: ['C:\\Program Files\\app.exe'] })],
      },
    }),
    advice({
      id: 'variable-defined-before',
      field: '{initContainers,containers}[*].env[*].value',
      message: 'names a variable in $(…) that is not defined before it, and stays as it is',
      finds: (pod, scope) => eachContainer(pod, scope.at, (container, at) => {
        // What comes from a ConfigMap or a Secret nobody knows.
        if ((container.envFrom ?? []).length === 0) checkVariables(container, scope, at);
      }),
      examples: {
        bad: [
          of({ env: [{ name: 'A', value: '$(B)' }, { name: 'B', value: '1' }] }), of({ env: [{ name: 'A', value: '$(JOB_COMPLETION_INDEX)' }] }),
          of({ command: ['echo', '$(NAME)'] }),
        ],
        good: [
          of({ env: [{ name: 'B', value: '1' }, { name: 'A', value: '$(B)$$(C)$(DB_SERVICE_HOST)' }] }), of({ command: ['sh', '-c', 'echo $(date)'] }),
        ],
      },
    }),
  ],
};

/** Whether a text is a whole command line. Paths of Windows have blanks. */
function isLine(program: string): boolean {
  return /\S\s+\S/.test(program) && !/^(?:[A-Za-z]:|\\)[\\/]/.test(program);
}

function checkVariables({ env = [], command = [], args = [] }: Decoded<Container>, scope: Scope, at: FieldPath): void {
  if (!env.some(({ value }) => holdsReference(value)) && !command.some(holdsReference) && !args.some(holdsReference)) return;
  const all = new Set(env.map(({ name }) => name));
  const before = new Set<string | undefined>();
  env.forEach(({ name, value = '' }, position) => {
    for (const used of variablesIn(value)) {
      if (!before.has(used) && !isOfService(used)) scope.report(value, at.child('env').index(position).child('value'), inEnv(used, all.has(used), scope));
    }
    before.add(name);
  });
  if (scope.job.completionMode === 'Indexed') all.add(completionIndex);
  for (const [field, words] of [['command', command], ['args', args]] as const) {
    words.forEach((word, position) => {
      // In lower case it is what a shell replaces: $(date).
      const unknown = variablesIn(word).find((used) => !all.has(used) && used === used.toUpperCase() && !isOfService(used));
      if (unknown !== undefined) scope.report(word, at.child(field).index(position), elsewhere(unknown));
    });
  }
}

const completionIndex = 'JOB_COMPLETION_INDEX';

function inEnv(name: string, isLater: boolean, scope: Scope): string {
  if (isLater) return `$(${name}) stays as it is: the variable is defined further down; move it up`;
  if (name !== completionIndex || scope.job.completionMode !== 'Indexed') return elsewhere(name);
  return `$(${name}) stays as it is: the controller adds that variable behind all others; use it in command or args, or define it before with a fieldRef `
    + 'to metadata.annotations[\'batch.kubernetes.io/job-completion-index\']';
}

function elsewhere(name: string): string {
  const why = name === completionIndex ? 'only Indexed Jobs have that variable' : 'the container has no such variable';
  return `$(${name}) stays as it is: ${why}; where that is meant, write $$(${name})`;
}

/** Variables of services are there without being written: `DB_SERVICE_HOST`, `DB_PORT_5432_TCP_ADDR`. */
function isOfService(name: string): boolean {
  return /_SERVICE_(?:HOST|PORT)|_PORT(?:_\d+_\w+)?$/.test(name);
}

function holdsReference(text = ''): boolean {
  return text.includes('$(');
}

/** The names in `$(…)` of a text, each once; `$$` is a dollar. */
function variablesIn(text: string): string[] {
  // One that does not end is read to the end of the text: nothing behind it can be a variable.
  const names = [...text.matchAll(/\$(?:\$|\(([^)]*)(\))?)/g)].flatMap(([, name, end]) => (name === undefined || end === undefined ? [] : [name]));
  return [...new Set(names)].filter((name) => /^[A-Za-z_][\w.-]*$/.test(name));
}
