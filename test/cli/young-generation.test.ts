import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

test('the node that runs this takes what V8 is told of its young generation, without a word', () => {
  const program = `require(${JSON.stringify(join(__dirname, '../../src/cli/young-generation.ts'))}).keepYoungGenerationSmall(); console.log('went on');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--eval', program], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: 'went on\n', stderr: '' });
});
