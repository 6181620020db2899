/* eslint-disable no-bitwise -- the compiler's flags */
import ts from 'typescript';
import { readLine } from './comments';
import { type Field, fieldsOf } from './fields';
import { link, linked, type Renderer, signatureText, typeText } from './type-text';

/** The fields of a type: its own in a table, those of documented types by their names, and those that it refuses. */
export function renderFields(name: string, type: ts.Type, renderer: Renderer): readonly string[] {
  const fields = fieldsOf(type, renderer.checker, renderer.place);
  const own = fields.filter((field) => ownerOf(field, name, renderer) === undefined);
  const choices = own.filter(({ isChoice }) => isChoice);
  const refused = own.filter(({ isRefused }) => isRefused);
  const others = new Set(fields.flatMap((field) => ownerOf(field, name, renderer) ?? []));
  return [
    ...table(own.filter(({ isChoice, isRefused }) => !isChoice && !isRefused), renderer),
    ...choices.length === 0 ? [] : ['One of these:', ...table(choices, renderer)],
    ...others.size === 0 ? [] : [`And the fields of ${[...others].map((owner) => link(owner)).join(', ')}.`],
    ...refused.length === 0 ? [] : [`Refused, with a sentence that says what to write instead: ${namesOf(refused)}.`],
  ];
}

function namesOf(fields: readonly Field[]): string {
  return fields.map(({ symbol }) => `\`${symbol.name}\``).join(', ');
}

/** The documented type that a field comes from, when it is another one. */
function ownerOf({ symbol }: Field, name: string, { names }: Renderer): string | undefined {
  const parent = symbol.declarations?.[0]?.parent;
  if (parent === undefined || !(ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent))) return undefined;
  const owner = parent.name?.text;
  return owner !== undefined && owner !== name && names.has(owner) ? owner : undefined;
}

function table(fields: readonly Field[], renderer: Renderer): readonly string[] {
  const unexplained: string[] = [];
  const rows = fields.flatMap(({ symbol, type, optional }) => {
    const declaration = symbol.declarations?.[0];
    if (declaration !== undefined && isHidden(declaration)) return [];
    const what = readLine(symbol, renderer.checker);
    if (what.startsWith('See ')) {
      unexplained.push(`\`${symbol.name}\``);
      return [];
    }
    const [signature] = symbol.flags & ts.SymbolFlags.Method ? type.getCallSignatures() : [];
    const title = `\`${symbol.name}${signature === undefined ? '' : '()'}${optional ? '?' : ''}\``;
    const text = signature === undefined ? typeText(type, renderer) : signatureText(signature, renderer);
    return `| ${title} | ${linked(text, renderer)} | ${what.replaceAll('|', '\\|')} |`;
  });
  return [
    ...rows.length === 0 ? [] : [['| name | type | what it is |', '| --- | --- | --- |', ...rows].join('\n')],
    ...unexplained.length === 0 ? [] : [`Or, as Kubernetes describes them: ${unexplained.join(', ')}.`],
  ];
}

/** Whether something is for the class alone, or comes from a package that is not ours. */
function isHidden(declaration: ts.Declaration): boolean {
  const isPublic = (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
  return !isPublic || declaration.getSourceFile().fileName.includes('/node_modules/');
}
