// Placeholders in a template's text, and numbers in the text that came of it. Pure.

export const constants = ['period', 'from', 'to', 'generated', 'unit'] as const
export type Constant = (typeof constants)[number]
export const aspects = ['value', 'before', 'change', 'yoy', 'top', 'low', 'peak'] as const
export type Aspect = (typeof aspects)[number]
export type Token = { kind: 'text'; text: string } | { kind: 'constant'; name: Constant } | { kind: 'figure'; code: string; aspect: Aspect; dimension?: string; n: number } | { kind: 'fault'; message: string }

const MOST = 10

/** `{received}`, `{received.before}`, `{received.change}`, `{received.yoy}`, `{received.top.category.3}`, `{satisfiedRate.low.unit.3}`, `{received.peak.day}`, `{period}`. */
export function tokensOf(text: string): Token[] {
  return text.split(/(\{[^{}]*\})/).filter((part) => part !== '').map((part): Token => {
    if (!part.startsWith('{')) return /[{}]/.test(part) ? { kind: 'fault', message: `“${part.slice(0, 20)}”里的花括号不成对` } : { kind: 'text', text: part }
    const [code = '', aspect = 'value', dimension, n = '3', ...rest] = part.slice(1, -1).trim().split('.')
    const constant = constants.find((c) => c === code)
    if (constant && aspect === 'value') return { kind: 'constant', name: constant }
    const known = aspects.find((a) => a === aspect)
    const grouped = known === 'top' || known === 'low' || known === 'peak'
    if (!/^[a-z][A-Za-z0-9]{1,39}$/.test(code) || !known || rest.length > 0 || grouped !== (dimension !== undefined) || !/^\d{1,2}$/.test(n) || Number(n) < 1 || Number(n) > MOST) return { kind: 'fault', message: `不认识的占位符“${part}”` }
    return { kind: 'figure', code, aspect: known, n: Number(n), ...(grouped ? { dimension } : {}) }
  })
}

const NUMBER = /\d[\d,]*(?:\.\d+)?%?/g
/** Sizes in words: a language model must not turn 31 % into 三成. */
const WORDED = /[一二三四五六七八九十百千万两]+(?:成|倍|分之[一二三四五六七八九十百]+|个百分点)|(?:过|近|约|超)半/g

export const numbersIn = (text: string): string[] => text.match(NUMBER) ?? []

/** Whether a rewritten text says the same numbers in the same order and no others, in digits or in words. */
export function keepsNumbers(before: string, after: string): boolean {
  const same = (a: string[], b: string[]): boolean => a.length === b.length && a.every((n, i) => n === b[i])
  return same(numbersIn(before), numbersIn(after)) && same((before.match(WORDED) ?? []).toSorted(), (after.match(WORDED) ?? []).toSorted())
}

export type Traced<F> = { text: string; figure?: F; untraced?: boolean }

/**
 * An edited text cut into runs again: what stands as it was produced keeps its figure, in order; every other number with no source is
 * marked. Numbers that came with the template's own words (a date, 12345) are `plain`.
 */
export function retrace<F>(text: string, figures: readonly { text: string; figure: F }[], plain: readonly string[]): Traced<F>[] {
  const runs: Traced<F>[] = []
  const add = (run: Traced<F>): void => {
    if (run.text === '') return
    const last = runs.at(-1)
    if (last && !last.figure && !last.untraced && !run.figure && !run.untraced) last.text += run.text
    else runs.push(run)
  }
  const free = [...plain]
  const loose = (piece: string): void => {
    let at = 0
    for (const match of piece.matchAll(NUMBER)) {
      add({ text: piece.slice(at, match.index) })
      const known = free.indexOf(match[0])
      if (known >= 0) free.splice(known, 1)
      add(known >= 0 ? { text: match[0] } : { text: match[0], untraced: true })
      at = match.index + match[0].length
    }
    add({ text: piece.slice(at) })
  }
  let from = 0
  for (const { text: shown, figure } of figures) {
    const at = placeOf(text, shown, from)
    if (at < 0) continue
    loose(text.slice(from, at))
    add({ text: shown, figure })
    from = at + shown.length
  }
  loose(text.slice(from))
  return runs
}

/** Not inside a longer number: 12 is no part of 120. */
function placeOf(text: string, shown: string, from: number): number {
  for (let at = text.indexOf(shown, from); at >= 0; at = text.indexOf(shown, at + 1)) {
    if (!/[\d.,]/.test(text[at - 1] ?? '') && !/^[\d%]|^[.,]\d/.test(text.slice(at + shown.length, at + shown.length + 2))) return at
  }
  return -1
}
