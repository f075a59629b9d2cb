// Parts of a closing opinion joined to one text. Pure.
export type ClosingPart = { key: string; label: string; required: boolean; hint?: string; text?: string }

const hole = /\{([a-zA-Z][a-zA-Z0-9]{0,29})\}/g

/** What is wrong with a template: a part that the layout does not place, a place without a part, two parts of one name. */
export function layoutFault(parts: readonly ClosingPart[], layout: string): string | null {
  const keys = parts.map((p) => p.key)
  if (new Set(keys).size !== keys.length) return '要素标识重复'
  const placed = new Set([...layout.matchAll(hole)].map((m) => m[1] ?? ''))
  const unknown = [...placed].find((k) => !keys.includes(k))
  if (unknown) return `版式中的“{${unknown}}”没有对应的要素`
  const unplaced = parts.find((p) => !placed.has(p.key))
  return unplaced ? `要素“${unplaced.label}”没有出现在版式中` : null
}

/** The mandatory parts that are blank. */
export const blankParts = (parts: readonly ClosingPart[], values: Record<string, string>): ClosingPart[] => parts.filter((p) => p.required && (values[p.key] ?? '').trim() === '')

/** The text with every part in its place; an optional part left blank takes its sentence's mark with it. */
export function compose(parts: readonly ClosingPart[], layout: string, values: Record<string, string>): string {
  const known = new Set(parts.map((p) => p.key))
  return layout.replace(hole, (whole, key: string) => (known.has(key) ? (values[key] ?? '').trim() : whole)).replace(/([。；，])[。；，]+/g, '$1').replace(/\n{3,}/g, '\n\n').trim()
}

export type TemplateKeys = { level: string; unitId: string | null; appealType: string | null; categoryId: string | null; matterId: string | null }
export type ClosingPlace = { level: 'section' | 'unit' | 'centre'; unitIds: readonly string[]; appealType: string; categoryId: string | null; matterId: string | null }

/** How well a template fits, the more specific the higher; null where one of its keys does not. */
export function fit(template: TemplateKeys, place: ClosingPlace): number | null {
  let score = 0
  const key = (held: string | null, ok: boolean, weight: number): boolean => {
    if (held === null) return true
    if (!ok) return false
    score += weight
    return true
  }
  const fits =
    key(template.level === 'any' ? null : template.level, template.level === place.level, 1) && key(template.appealType, template.appealType === place.appealType, 2) && key(template.categoryId, template.categoryId === place.categoryId, 4) &&
    key(template.matterId, template.matterId === place.matterId, 8) && key(template.unitId, template.unitId !== null && place.unitIds.includes(template.unitId), 16)
  return fits ? score : null
}
