// Plain JavaScript, so that node loads nothing else: prints the CPU time in ms that the whole process has used after loading a module.
require(process.argv[2]);
const { user, system } = process.cpuUsage();
process.stdout.write(String((user + system) / 1000));
