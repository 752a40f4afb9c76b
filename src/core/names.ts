/** A person's name for people, or the id itself. An id such as `valueOf`, which every object answers to, has no name. */
export function nameOf(names: Readonly<Record<string, string>>, id: string): string {
  return Object.hasOwn(names, id) ? (names[id] ?? id) : id
}
