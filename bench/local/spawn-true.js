// Plain JavaScript, so that node loads nothing else: runs `true` so many times, 8 at once, as the local engine starts its containers.
const { spawn } = require('node:child_process');

let left = Number(process.argv[2]);

function next() {
  if (left === 0) return;
  left -= 1;
  const child = spawn('true', { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.resume();
  child.stderr.resume();
  child.once('close', next);
}

for (let count = 0; count < 8; count += 1) next();
