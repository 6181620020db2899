// Plain JavaScript, loaded before the compiler: its last line of output is the CPU time in ms that the process has used.
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`CPU time: ${(user + system) / 1000}\n`);
});
