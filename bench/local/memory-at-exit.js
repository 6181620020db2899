// Plain JavaScript, to be required before any program: writes the most that was resident, in MB of 1024², into the file of MEMORY.
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.MEMORY, String(process.resourceUsage().maxRSS / 1024)));
