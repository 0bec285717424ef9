// Whether two values say the same.

/** Members of two objects, each the very same. */
export function shallowEqual(one: object, other: object): boolean {
  return sameMembers(one, other, Object.is);
}

/** Two JSON values, whatever the order of their members; a member that is undefined is none. */
export function deepEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  return Array.isArray(one) === Array.isArray(other) && sameMembers(one, other, deepEqual);
}

function sameMembers(one: object, other: object, same: (one: unknown, other: unknown) => boolean): boolean {
  const left = one as Record<string, unknown>;
  const right = other as Record<string, unknown>;
  const lacking = (from: Record<string, unknown>, key: string) => from[key] === undefined;
  return Object.keys(left).every((key) => same(left[key], right[key])) && Object.keys(right).every((key) => Object.hasOwn(left, key) || lacking(right, key));
}
