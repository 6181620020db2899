import { Option } from 'commander';

/** `--prefix`: of whoever prints what pods print. */
export function prefixOption(): Option {
  return new Option('--prefix <mode>', 'name the pod before each line').choices(['auto', 'always', 'never']).default('auto');
}

/** `--on-interrupt`: of whoever waits for Jobs. */
export function interruptOption(): Option {
  return new Option('--on-interrupt <policy>', 'what Ctrl-C does to the Jobs').choices(['detach', 'suspend', 'delete']).default('detach');
}

/** `--no-fail-fast`: of whoever waits for Jobs. */
export function failFastOption(): Option {
  return new Option('--no-fail-fast', 'wait on although what is wrong cannot heal by itself');
}
