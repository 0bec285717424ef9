/** `"+12145550123"` → `"(214) 555-0123"`; anything else as it is. */
export function formatPhone(phone: string | null | undefined): string {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone ?? "");
  return match === null ? (phone ?? "") : `(${match[1]}) ${match[2]}-${match[3]}`;
}
