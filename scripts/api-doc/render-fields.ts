/* eslint-disable no-bitwise -- the compiler's flags */
import ts from 'typescript';
import { readLine } from './comments';
import { type Field, fieldsOf } from './fields';
import { link, linked, type Renderer, signatureText, typeText } from './type-text';

/** The fields of a type: its own in a table, those of documented types by their names, and those that it refuses. */
export function renderFields(name: string, type: ts.Type, renderer: Renderer, choiceTitle = 'One of these:'): readonly string[] {
  const fields = fieldsOf(type, renderer.checker, renderer.place);
  const owners = ownersOf(fields, name, renderer);
  const own = fields.filter((field) => !owners.some((owner) => owner.has(field)));
  const others = owners.filter((owner) => fields.some((field) => owners.find((each) => each.has(field)) === owner));
  const choices = own.filter(({ isChoice }) => isChoice);
  const refused = own.filter(({ isRefused }) => isRefused);
  return [
    ...table(name, own.filter(({ isChoice, isRefused }) => !isChoice && !isRefused), renderer),
    ...choices.length === 0 ? [] : [choiceTitle, ...table(name, choices, renderer)],
    ...others.length === 0 ? [] : [`And the fields of ${others.map((owner) => link(owner.name)).join(', ')}.`],
    ...refused.length === 0 ? [] : [`Refused, with a sentence: ${namesOf(refused.map(({ symbol }) => symbol.name))}.`],
  ];
}

/** How many names a list may have; of a longer one the first are shown. */
const mostNames = 12;

function namesOf(fields: readonly string[]): string {
  const names = fields.map((field) => `\`${field}\``);
  return names.length <= mostNames ? names.join(', ') : `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`;
}

/** A documented type that others have fields from. */
interface Owner {
  readonly name: string;
  readonly size: number;
  readonly has: (field: Field) => boolean;
}

/** A documented type with so many fields is named instead of them. */
const fewestShared = 8;
/** So many rows of an earlier table are named instead of being repeated. */
const fewestRepeated = 4;

/** The other documented types in which some of the fields are declared, with all that they have in turn; the largest first. */
function ownersOf(fields: readonly Field[], name: string, { checker, looseType, names }: Renderer): readonly Owner[] {
  const parents = fields.map(({ symbol }) => symbol.declarations?.[0]?.parent);
  const interfaces = parents.filter((parent) => parent !== undefined)
    .filter((parent) => ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent));
  const declaring = interfaces.map((parent) => parent.name?.text ?? '').filter((owner) => owner !== name && names.has(owner));
  // Fields may be declared in an interface that nobody sees, and reach both types from there; one or the other may be declared anew.
  const all = new Set(fields.map(({ symbol }) => symbol.declarations?.[0]));
  const words = new Set(fields.map(({ symbol }) => symbol.name));
  const containing = [...names].filter((owner) => owner !== name && owner.endsWith('Props')).filter((owner) => {
    const own = checker.getPropertiesOfType(looseType(owner));
    const shared = own.filter(({ declarations: [first] = [] }) => all.has(first));
    return shared.length >= fewestShared && own.length < fields.length && own.every((field) => words.has(field.name));
  });
  return [...new Set([...declaring, ...containing])].map((owner) => {
    const declarations = checker.getPropertiesOfType(looseType(owner)).map(({ declarations: [first] = [] }) => first);
    const has = ({ symbol }: Field): boolean => declarations.includes(symbol.declarations?.[0]);
    return { name: owner, size: declarations.length, has };
  }).sort((a, b) => b.size - a.size);
}

function table(name: string, fields: readonly Field[], renderer: Renderer): readonly string[] {
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
    const ofField = (): string => documentedName(declaration, renderer) ?? typeText(type, renderer);
    const text = signature === undefined ? ofField() : signatureText(signature, renderer);
    return `| ${title} | ${linked(text, renderer)} | ${what.replaceAll('|', '\\|')} |`;
  });
  const { printed } = renderer;
  const before = rows.map((row) => printed.get(row)).filter((owner) => owner !== undefined);
  const owner = before.find((each) => before.filter((other) => other === each).length >= fewestRepeated);
  const again = rows.filter((row) => owner !== undefined && printed.get(row) === owner);
  const own = rows.filter((row) => !again.includes(row));
  for (const row of own) if (!printed.has(row)) printed.set(row, name);
  return [
    ...own.length === 0 ? [] : [['| name | type | meaning |', '|---|---|---|', ...own].join('\n')],
    ...owner === undefined ? [] : [`And as in ${link(owner)}: ${namesOf(again.map((row) => /\w+/.exec(row)?.[0] ?? ''))}.`],
    ...unexplained.length === 0 ? [] : [`Or, as Kubernetes describes them: ${unexplained.join(', ')}.`],
  ];
}

/** The name that a field's type is written as, where the document describes it. */
function documentedName(declaration: ts.Declaration | undefined, { names }: Renderer): string | undefined {
  if (declaration === undefined || !ts.isPropertySignature(declaration)) return undefined;
  const { type } = declaration;
  if (type === undefined || !ts.isTypeReferenceNode(type) || type.typeArguments !== undefined) return undefined;
  const name = type.typeName.getText();
  return names.has(name) ? name : undefined;
}

/** Whether something is for the class or the package alone, or comes from a package that is not ours. */
function isHidden(declaration: ts.Declaration): boolean {
  const flags = ts.getCombinedModifierFlags(declaration);
  const isPublic = (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
  const comments = ts.getJSDocCommentsAndTags(declaration);
  const isInternal = ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === 'internal');
  // What is said of an overridden one is said where it comes from.
  const isOverride = (flags & ts.ModifierFlags.Override) !== 0 && comments.length === 0;
  return !isPublic || isInternal || isOverride || declaration.getSourceFile().fileName.includes('/node_modules/');
}
