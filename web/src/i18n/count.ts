const counts = new Intl.NumberFormat("en-US");

/** `36120` → `"36,120"`: miles, pounds, people. */
export function formatCount(count: number): string {
  return counts.format(count);
}
