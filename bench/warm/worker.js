// Plain JavaScript, so that node loads nothing else: prints what one call costs, in µs of CPU, once node has compiled it:
// worker.js <way> <part: 0 the constructor, 1 toJson, 2 validateManifest> <how often> <folder of the compiled package>
const { join } = require('node:path');
const { ApiObject, Testing } = require('cdk8s');

const [way, part, often, library] = process.argv.slice(2);
const chunk = 500;

const makers = {
  'cdk8s-jobs': () => {
    const { NonParallelJob } = require(library);
    return (chart, index) => new NonParallelJob(chart, `job${index}`, {
      backoffLimit: 4,
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'registry.example/app:7', command: ['app', 'run'], env: [{ name: 'INDEX', value: String(index) }] }],
    });
  },
  'cdk8s-plus-28': () => {
    const { Job, EnvValue } = require('cdk8s-plus-28');
    return (chart, index) => new Job(chart, `job${index}`, {
      backoffLimit: 4,
      containers: [{ image: 'registry.example/app:7', command: ['app', 'run'], envVariables: { INDEX: EnvValue.fromValue(String(index)) } }],
    });
  },
};

if (way === 'cdk8s-plus-28' && part === '2') {
  process.stdout.write('NaN');
} else {
  const make = makers[way]();
  const { validateManifest } = require(join(library, 'validate.js'));
  let measured = 0;
  let calls = 0;
  for (let done = 0; done < Number(often); done += chunk) {
    const chart = Testing.chart();
    let work = Array.from({ length: chunk }, (_, index) => index);
    const steps = [
      (index) => make(chart, index),
      (job) => ApiObject.of(job).toJson(),
      (manifest) => validateManifest(manifest),
    ];
    steps.slice(0, Number(part) + 1).forEach((step, index) => {
      // A manifest as it is read, and not what writes itself.
      if (index === 2) work = work.map((manifest) => JSON.parse(JSON.stringify(manifest)));
      const before = process.cpuUsage();
      work = work.map((each) => step(each));
      const { user, system } = process.cpuUsage(before);
      // The second half is warm.
      if (String(index) !== part || done < Number(often) / 2) return;
      measured += user + system;
      calls += chunk;
    });
  }
  process.stdout.write(String(measured / calls));
}
