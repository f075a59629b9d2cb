// Pinyin initials for choices that carry none ("grbn" finds 供热不热); the dictionary is a chunk of its own, loaded on first opening.

export type Initials = (text: string) => string

let loading: Promise<Initials> | null = null

export function loadInitials(): Promise<Initials> {
  loading ??= import('pinyin-pro').then(({ pinyin }) => {
    const known = new Map<string, string>()
    return (text) => {
      const cached = known.get(text)
      if (cached !== undefined) return cached
      const made = pinyin(text, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase()
      known.set(text, made)
      return made
    }
  })
  return loading
}

/** Whether a choice fits what was typed: part of its words or of its initials. */
export function fits(typed: string, label: string, initials: string): boolean {
  const wanted = typed.trim().toLowerCase()
  return wanted === '' || label.toLowerCase().includes(wanted) || initials.includes(wanted.replace(/\s+/g, ''))
}
