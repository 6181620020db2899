/**
 * Writes `kubernetes-fields.json`: the fields of Job, CronJob and their pod template, from which `npx projen generate` makes the table and
 * the types.
 *
 * Types, choices and kinds of lists are those that a live API server of the newest version answers; the OpenAPI that Kubernetes publishes
 * with its sources has no choices. Since when there is a field, that published OpenAPI of the older releases says: their servers need not
 * be built, their sources are downloaded as Go modules. Nothing is carried over from the table that is there but which releases those are,
 * as its `version` and `olderVersions`; a release that no longer matters is taken out of the file by hand. A server of a release to come
 * (`1.38.0-beta.0`) changes nothing of that: what it adds is written beside it, as `preview`.
 *
 * Run, with Go on the machine:
 *
 *     npx tsx test/cluster/main.ts up --without-node
 *     KUBECONFIG=$(npx tsx test/cluster/main.ts kubeconfig) npx tsx scripts/read-fields.ts
 *     npx tsx test/cluster/main.ts down
 *     npx projen generate
 *
 * A test of the cluster suite fails when the server says something else than the file.
 */
import { type FieldTypes, minorOf, readFieldTable, writeFieldTable } from './field-table-file';
import { hasFields, type OpenApiDocument, publishedDocument, readTypes, type SinceOf } from './openapi-fields';
import { addedFields } from './preview-fields';
import { parseField } from '../src/api/field-entry';
import { readSource } from '../test/cluster/harness/kubernetes-module';
import { type KubeApi, openKubeApi } from '../test/cluster/kube-api';

/** What one release has. */
interface Release {
  readonly version: string;
  readonly types: FieldTypes;
}

async function main(kubeconfig: string | undefined): Promise<void> {
  if (kubeconfig === undefined) throw new Error('Cannot ask a server: KUBECONFIG is not set');
  const api = openKubeApi(kubeconfig);
  const version = await versionOf(api);
  const committed = readFieldTable();
  const older = [...committed.olderVersions, committed.version].filter((each) => minorOf(each) < minorOf(version));
  const { body } = await api.mustRequest('GET', '/openapi/v3/apis/batch/v1');
  if (/-(?:alpha|beta|rc)\./.test(version)) {
    const served = body as OpenApiDocument;
    if (!hasFields(served)) process.stderr.write('The server describes no fields: those of its sources are taken, without choices. Add these from its types.go.\n');
    const document = hasFields(served) ? served : JSON.parse(readSource(version, publishedDocument)) as OpenApiDocument;
    const types = readTypes(document, (type, field) => parseField(committed.types[type]?.[field] ?? `string since 1.${minorOf(version)}`).since);
    return writeFieldTable({ ...committed, preview: { version, types: addedFields(types, committed.types) } });
  }
  const { preview } = committed;
  const types = readTypes(body as OpenApiDocument, sinceIn(older.map(readPublished), minorOf(version)));
  const isAhead = preview !== undefined && minorOf(preview.version) > minorOf(version);
  writeFieldTable({ version, olderVersions: older, types, ...isAhead ? { preview } : {} });
}

/** The whole version of a server: `1.37.2`, `1.38.0-beta.0`. */
async function versionOf(api: KubeApi): Promise<string> {
  const { body } = await api.mustRequest('GET', '/version');
  return (body as { readonly gitVersion: string }).gitVersion.replace(/^v(\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)\.\d+)?).*$/, '$1');
}

function readPublished(version: string): Release {
  return { version, types: readTypes(JSON.parse(readSource(version, publishedDocument)) as OpenApiDocument) };
}

/** The first of the releases that has a field which all after it have too; 0 where that is the oldest. */
function sinceIn(older: readonly Release[], newest: number): SinceOf {
  return (type, field) => {
    const without = older.filter(({ types }) => types[type]?.[field] === undefined).at(-1);
    if (without === undefined) return 0;
    const first = older[older.indexOf(without) + 1];
    return first === undefined ? newest : minorOf(first.version);
  };
}

main(process.env.KUBECONFIG).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
