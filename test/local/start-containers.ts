import { createProcessExecutor } from '../../src/local/process-executor';

// Two containers, each with a child that ignores SIGTERM, the second one in a session of its own; prints the four process ids and goes on.
for (const prefix of ['', 'setsid ']) {
  createProcessExecutor().start({
    command: ['sh', '-c', `trap '' TERM; ${prefix}sleep 300 & echo "$$ $!"; wait`],
    env: { PATH: process.env.PATH ?? '' },
    started: () => undefined,
    output: (chunk) => { process.stdout.write(Buffer.from(chunk).toString().replace('\n', ' ')); },
  });
}
