import { join, posix } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { joinedFiles } from './joined-files';

const sources = join(__dirname, '..', 'src');

/** Returns the files of one list of `joinedFiles` as one compiled file, which exports each by its name and imports all others. */
export async function joinFiles(home: string): Promise<string> {
  const { outputFiles: [output] } = await build({
    stdin: { contents: entryOf(joinedFiles[home] ?? []), resolveDir: sources, sourcefile: `${home}.ts`, loader: 'ts' },
    absWorkingDir: sources,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    plugins: [onlyThoseOf(home)],
    logLevel: 'warning',
  });
  if (output === undefined) throw new Error(`esbuild wrote nothing for ${home}`);
  return output.text;
}

function entryOf(files: readonly string[]): string {
  const imports = files.map((file, position) => `import * as file${position} from './${file}';`);
  return `${imports.join('\n')}\nmodule.exports = { ${files.map((file, position) => `'${file}': file${position}`).join(', ')} };\n`;
}

/** Leaves all other files of `src` outside, with their paths as seen from the folder of joined files. */
function onlyThoseOf(home: string): Plugin {
  return {
    name: 'only-those',
    setup: ({ onResolve }) => onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const file = posix.join(resolveDir.slice(sources.length + 1).replaceAll('\\', '/'), path);
      return joinedFiles[home]?.includes(file) === true ? undefined : { path: `../${file}`, external: true };
    }),
  };
}
