/**
 * An object of the API as it is decoded: every field may be missing whatever the schema says, every text may be any text, and defaults can
 * be filled in.
 */
export type Decoded<Value> =
  Value extends string ? string
    : Value extends readonly (infer Item)[] ? Decoded<Item>[]
      : Value extends object ? string extends keyof Value ? Record<string, Decoded<Value[keyof Value & string]>> : DecodedFields<Value>
        : Value;

type DecodedFields<Value> = { -readonly [Name in keyof Value]?: Decoded<Exclude<Value[Name], undefined>> };
