/** The name that shares most characters with what was written, if at least half of either are shared; null where nothing is near. Pure. */
export function likeliest(written: string, names: readonly string[]): string | null {
  const own = new Set(written)
  const [best] = names.map((name) => {
    const other = new Set(name)
    return { name, share: (2 * [...own].filter((c) => other.has(c)).length) / Math.max(1, own.size + other.size) }
  }).toSorted((a, b) => b.share - a.share)
  return best && best.share >= 0.5 ? best.name : null
}
