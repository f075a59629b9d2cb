/**
 * The notation of all demo texts: `{小区}` a slot, `{3-8}` or `{1200-3600:100}` a number, `[甲|乙]` one of
 * several wordings (may contain slots, but no further brackets).
 */
import type { Rng } from '../rng.ts'

const alternation = /\[([^[\]]*)\]/
const slotPattern = /\{([^{}]*)\}/g
const rangePattern = /^(\d+)-(\d+)(?::(\d+))?$/

function range(rng: Rng, name: string): string | null {
  const match = rangePattern.exec(name)
  if (!match) return null
  const [min, max, step] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 1)]
  return String(min + step * rng.int(0, Math.floor((max - min) / step)))
}

/**
 * Renders a template. `slot` answers the value of a slot and throws on an unknown name; with `drawn` the same range gives
 * the same number again, so that a title and its content agree.
 */
export function render(template: string, rng: Rng, slot: (name: string) => string, drawn?: Map<string, string>): string {
  let text = template
  for (let match = alternation.exec(text); match; match = alternation.exec(text)) {
    const chosen = rng.pick((match[1] ?? '').split('|'))
    text = text.slice(0, match.index) + chosen + text.slice(match.index + match[0].length)
  }
  return text.replace(slotPattern, (_, name: string) => {
    const value = drawn?.get(name) ?? range(rng, name)
    if (value === null) return slot(name)
    drawn?.set(name, value)
    return value
  })
}
