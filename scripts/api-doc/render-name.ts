import ts from 'typescript';
import type { PublicName } from './chapters';
import { readComment } from './comments';
import { renderFields } from './render-fields';
import { code, literalsText, type Renderer, signatureText, typeText } from './type-text';

/** One name: its heading, what it is, its shape, its fields. */
export function renderName(publicName: PublicName, renderer: Renderer): string {
  const { name, symbol } = publicName;
  const { checker } = renderer;
  const comment = readComment(symbol, checker);
  if (comment.text === '') throw new Error(`${name} has no doc comment`);
  return [
    `#### ${name}`,
    comment.text,
    ...renderShape(publicName, renderer),
    ...comment.tag('param').map((text) => `- ${text.replace(/^(\w+)\s*-?\s*/, '`$1`: ')}`),
    ...comment.tag('returns').map((text) => `Returns ${text}`),
    ...comment.tag('throws').map((text) => `Throws ${text.replace(/^\{(\w+)\}/, '`$1`')}`),
    ...comment.tag('example').map(code),
    ...comment.tag('source').map((text) => `Source: ${text}`),
  ].join('\n\n');
}

function renderShape(publicName: PublicName, renderer: Renderer): readonly string[] {
  const { name, symbol } = publicName;
  const declaration = symbol.declarations?.[0];
  const { checker } = renderer;
  if (declaration === undefined) throw new Error(name);
  if (ts.isFunctionDeclaration(declaration)) {
    const overloads = checker.getTypeOfSymbol(symbol).getCallSignatures();
    return [code(overloads.map((signature) => `function ${name}${signatureText(signature, renderer)};`).join('\n'))];
  }
  if (ts.isVariableDeclaration(declaration)) return [code(`const ${name}: ${typeText(checker.getTypeOfSymbol(symbol), renderer)};`)];
  if (ts.isTypeAliasDeclaration(declaration) && !hidesFields(declaration)) return [code(`type ${name} = ${aliasText(name, declaration, renderer)};`)];
  const fields = renderFields(name, renderer.looseType(name), renderer, name === 'JobTemplateProps' ? 'As its kind needs or allows them:' : undefined);
  return ts.isClassDeclaration(declaration) ? [code(classHead(publicName, declaration, renderer)), ...fields] : fields;
}

/** Whether an alias is made by a helper that its source would not explain. */
function hidesFields(declaration: ts.TypeAliasDeclaration): boolean {
  return /(OneOf|TemplateOf)<|SourceProps\b|Forbidden</.test(declaration.type.getText());
}

/** The type as it is written; what is made from a list of values, as these. */
function aliasText(name: string, declaration: ts.TypeAliasDeclaration, renderer: Renderer): string {
  const written = declaration.type.getText();
  if (/^\(?typeof\b/.test(written)) return literalsText(name, renderer);
  return withoutParameters(written.replace(/^\|\s*/, ''), declaration);
}

/** A type as it is written, without the type parameters of its declaration where they are all that another type is given. */
function withoutParameters(text: string, declaration: ts.ClassDeclaration | ts.TypeAliasDeclaration): string {
  const { typeParameters = [] } = declaration;
  const name = typeParameters.map((parameter) => parameter.name.text).join('|');
  const checked = text.replace(/\bChecked\w+<(\w+)(?:, \w+)?>/g, '$1');
  return name === '' ? text : checked.replace(new RegExp(`<\\s*(?:${name})(?:,\\s+(?:${name}))*\\s*>`, 'g'), '');
}

/** The nearest class above one that is described here, or in another package. */
function baseOf(declaration: ts.ClassDeclaration, renderer: Renderer): string | undefined {
  const { expression } = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0] ?? {};
  if (expression === undefined) return undefined;
  const base = renderer.checker.getTypeAtLocation(expression).symbol.valueDeclaration;
  const isOurs = base !== undefined && ts.isClassDeclaration(base) && !base.getSourceFile().fileName.includes('/node_modules/');
  return !isOurs || renderer.names.has(expression.getText()) ? expression.getText() : baseOf(base, renderer);
}

function classHead({ name, isTypeOnly }: PublicName, declaration: ts.ClassDeclaration, renderer: Renderer): string {
  const parameterText = (parameter: ts.ParameterDeclaration): string => {
    const optional = parameter.initializer === undefined && parameter.questionToken === undefined ? '' : '?';
    // The type of a literal is that of a variable, with what was written as its parameters.
    const type = withoutParameters(parameter.type?.getText() ?? 'unknown', declaration).replace(/^(\w+)Literal$/, '$1JobProps');
    return `${parameter.name.getText()}${optional}: ${type}`;
  };
  const base = baseOf(declaration, renderer);
  const isAbstract = declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) === true;
  const maker = isAbstract || isTypeOnly ? undefined : declaration.members.find(ts.isConstructorDeclaration);
  const lines = maker === undefined || maker.parameters.length === 0 ? [] : [`  constructor(${maker.parameters.map(parameterText).join(', ')});`];
  const head = `${isAbstract ? 'abstract ' : ''}class ${name}${base === undefined ? '' : ` extends ${base}`}`;
  return lines.length === 0 ? head : `${head} {\n${lines.join('\n')}\n}`;
}
