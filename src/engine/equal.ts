/** Whether two JSON values are equal; the order of fields and undefined fields make no difference. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((item, index) => isEqual(item, other[index]));
  }
  return isEqualBut(one, other);
}

/** As `isEqual` for objects, whatever stands in one field of them. */
export function isEqualBut(one: object, other: object, ignored?: string): boolean {
  if (one === other) return true;
  const left = one as Readonly<Record<string, unknown>>;
  const right = other as Readonly<Record<string, unknown>>;
  for (const name in left) if (name !== ignored && !isEqual(left[name], right[name])) return false;
  for (const name in right) if (name !== ignored && right[name] !== undefined && left[name] === undefined) return false;
  return true;
}
