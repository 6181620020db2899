import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeFileError } from '../../src/core/file-error';

function errorOf(path: string): unknown {
  try {
    return readFileSync(path);
  } catch (error) {
    return error;
  }
}

test.each([
  ['a file that is not there', errorOf(join(__dirname, 'no-such-file')), 'there is no such file or folder'],
  ['a folder', errorOf(__dirname), 'it is a folder'],
  ['a file with a file for a folder', errorOf(join(__filename, 'x')), 'a part of its path is no folder'],
  ['a file of somebody else', Object.assign(new Error('EACCES: permission denied, open x'), { code: 'EACCES' }), 'permission denied'],
  ['an unusual code', Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' }), 'EIO: i/o error, read'],
  ['an error without a code', new Error('too much'), 'too much'],
  ['no error at all', 'too much', 'too much'],
])('%s', (_, error, text) => {
  expect(describeFileError(error)).toBe(text);
});
