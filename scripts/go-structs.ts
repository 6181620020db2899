/** A field of a Go struct that has a number in protobuf. */
export interface GoField {
  readonly number: number;
  /** Its name in JSON; empty for a struct whose fields stand inline. */
  readonly name: string;
  /** `string`, `int32`, `EnvVar[]`, `map<string>`: without pointers and packages. */
  readonly type: string;
  readonly isPointer: boolean;
  /** What is left out of JSON: a zero that is `empty`, so no struct; any `zero`; `nothing`. */
  readonly omits: 'empty' | 'zero' | 'nothing';
}

/** The fields of a struct, in their order. */
export type GoStruct = readonly GoField[];

/** What a Go file declares. */
interface GoTypes {
  readonly structs: ReadonlyMap<string, GoStruct>;
  /** What other types stand for: `JobConditionType` for `string`. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** The structs of a Go file, with those of their fields that have tags for protobuf, and its other types. */
export function readGoStructs(text: string): GoTypes {
  const structs = [...text.matchAll(/^type (\w+) struct \{$([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => [name, fieldsIn(body)] as const);
  const aliases = [...text.matchAll(/^type (\w+) ([\w.[\]]+)$/gm)].map(([, name = '', type = '']) => [name, typeOf(type)] as const);
  return { structs: new Map(structs), aliases: new Map(aliases) };
}

function fieldsIn(body: string): GoStruct {
  return [...body.matchAll(/^\t(?:\w+\s+)?([\w.[\]*]+)\s+`([^`]*)`/gm)].flatMap(([, type = '', tags = '']) => {
    const number = /protobuf:"\w+,(\d+)/.exec(tags)?.[1];
    if (number === undefined) return [];
    const [name = '', ...options] = (/json:"([^"]*)"/.exec(tags)?.[1] ?? '').split(',');
    const omits = options.includes('omitzero') ? 'zero' : options.includes('omitempty') ? 'empty' : 'nothing';
    return [{ number: Number(number), name, type: typeOf(type), isPointer: type.startsWith('*'), omits }];
  });
}

function typeOf(type: string): string {
  const [, value] = /^map\[[\w.]+\](.*)$/.exec(type) ?? [];
  if (value !== undefined) return `map<${typeOf(value)}>`;
  if (type === '[]byte') return 'bytes';
  if (type.startsWith('[]')) return `${typeOf(type.slice(2))}[]`;
  const bare = type.replace(/^\*/, '').replace(/^\w+\./, '');
  return bare === 'bool' ? 'boolean' : bare;
}
