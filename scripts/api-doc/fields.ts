/* eslint-disable no-bitwise -- the compiler's flags */
import ts from 'typescript';

/** A field, or a method, of a type. */
export interface Field {
  readonly symbol: ts.Symbol;
  readonly type: ts.Type;
  readonly optional: boolean;
  /** Not every member of the union has it: it excludes others. */
  readonly isChoice: boolean;
  /** No value has its type: it is there to be refused with a sentence. */
  readonly isRefused: boolean;
}

/** The fields of a type; those of a union are the fields of all its members. */
export function fieldsOf(type: ts.Type, checker: ts.TypeChecker, place: ts.Node): readonly Field[] {
  const members = type.isUnion() ? type.types : [type];
  const names = new Set(members.flatMap((member) => checker.getPropertiesOfType(member)).map(({ name }) => name));
  return [...names].filter((name) => !name.startsWith('__@')).map((name) => {
    const symbols = members.flatMap((member) => checker.getPropertyOfType(member, name) ?? []);
    const taken = symbols.filter((symbol) => !isRefusal(checker.getTypeOfSymbolAtLocation(symbol, place)));
    const symbol = taken[0] ?? symbols[0];
    if (symbol === undefined) throw new Error(name);
    const common = taken.length === members.length ? checker.getPropertyOfType(type, name) : undefined;
    return {
      symbol,
      type: withoutRefusals(checker.getTypeOfSymbolAtLocation(common ?? symbol, place)),
      optional: ((common ?? symbol).flags & ts.SymbolFlags.Optional) !== 0,
      isChoice: taken.length > 0 && taken.length < members.length,
      isRefused: taken.length === 0,
    };
  });
}

/** Whether no value is of a type but, perhaps, undefined. */
function isRefusal(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every(isRefusal);
  return isForbidden(type) || (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)) !== 0;
}

function isForbidden(type: ts.Type): boolean {
  return type.isIntersection() ? type.types.some(isForbidden) : type.symbol?.name === 'Forbidden';
}

/** The type itself; a union of one type and refusals is that type. */
function withoutRefusals(type: ts.Type): ts.Type {
  if (!type.isUnion()) return type;
  const taken = type.types.filter((member) => !isForbidden(member));
  return taken.length === 1 && taken[0] !== undefined ? taken[0] : type;
}
