import { join } from 'node:path';
import type { Credentials } from './counting-proxy';
import { WaitingProcess } from './waiting-process';

/** What all tools are told. */
export interface Task {
  readonly server: string;
  readonly credentials: Credentials;
  readonly kubeconfig: string;
  readonly namespace: string;
  /** The Jobs to wait for, and the label that they share. */
  readonly names: readonly string[];
  readonly label: string;
}

/** A tool that waits for Jobs. */
export interface Tool {
  readonly name: string;
  start(task: Task): WaitingProcess;
  /** The text that it prints for a Job that is complete. */
  done(job: string): string;
  /** Whether it prints `ready` once it watches. */
  readonly saysReady: boolean;
  /** The program, where it is kubectl. */
  readonly kubectl?: string;
}

/** The tools that are measured, ours first. */
export function toolsFor(library: string, kubectl: string): readonly Tool[] {
  return [
    {
      name: 'cdk8s-jobs',
      saysReady: false,
      start: ({ kubeconfig, namespace, names }) => new WaitingProcess(process.execPath, [
        // What a stand-in for a controller does about the Jobs must not end the wait.
        join(library, 'cli', 'main.js'), 'wait', ...names, '--no-fail-fast', '--timeout', '600', '--namespace', namespace,
      ], { KUBECONFIG: kubeconfig }),
      done: (job) => `${job} Complete`,
    },
    {
      name: 'kubectl wait',
      kubectl,
      saysReady: false,
      start: ({ kubeconfig, namespace, label }) => new WaitingProcess(kubectl, [
        'wait', 'job', '--selector', `bench=${label}`, '--for', 'condition=complete', '--timeout', '600s', '--namespace', namespace,
      ], { KUBECONFIG: kubeconfig }),
      done: (job) => `${job} condition met`,
    },
    {
      name: 'client-node informer',
      saysReady: true,
      start: (task) => new WaitingProcess(process.execPath, [join(__dirname, 'wait-client-node.js')], environment(task)),
      done: (job) => `done ${job}`,
    },
  ];
}

/** The environment of our workers. */
export function environment({ server, credentials, namespace, names }: Task): Record<string, string> {
  return { IDENTITY: JSON.stringify({ server, ...credentials }), NAMESPACE: namespace, NAMES: JSON.stringify(names) };
}
