// Turns what policy says into sounds for media: prompts into their files, numbers into pieces, texts with variables filled in.
import type { Saying } from '../engine-port.ts'
import type { Sound } from '../media-port.ts'
import type { PolicyIndex } from './policy-index.ts'

/** Shipped prompts the exchange itself speaks; made by the prompts generator under these names. */
export const shipped = {
  pleaseWait: 'shipped/please-wait', position: 'shipped/position', persons: 'shipped/persons-ahead', expected: 'shipped/expected-wait', minutes: 'shipped/minutes', chosen: 'shipped/you-chose', wrongKey: 'shipped/wrong-key', music: 'shipped/music',
  callbackOffer: 'shipped/callback-offer', callbackTaken: 'shipped/callback-taken', callbackNumber: 'shipped/callback-number', voicemailFull: 'shipped/voicemail-thanks', intercepted: 'shipped/intercepted', allBusy: 'shipped/all-busy', barge: 'shipped/leader-joins', staffNumber: 'shipped/staff-number', serves: 'shipped/serves-you', goodbye: 'shipped/goodbye', failed: 'shipped/cannot-connect',
} as const

export const file = (name: string): Sound => ({ kind: 'file', file: name })
/** `shipped/digits/0` … `9`, `star`, `hash`. */
export const digitSounds = (digits: string): Sound[] => [...digits].flatMap((d) => /[0-9]/.test(d) ? [file(`shipped/digits/${d}`)] : d === '*' ? [file('shipped/digits/star')] : d === '#' ? [file('shipped/digits/hash')] : [])

/** A value up to 9999 in Chinese pieces: 十 百 千 are `shipped/digits/ten`, `hundred`, `thousand`. */
export function countSounds(value: number): Sound[] {
  if (!Number.isInteger(value) || value < 0 || value > 9999) return digitSounds(String(value))
  if (value < 10) return digitSounds(String(value))
  const pieces: Sound[] = []
  const names = ['', 'ten', 'hundred', 'thousand']
  const text = String(value)
  let gap = false
  for (const [i, d] of [...text].entries()) {
    const place = text.length - 1 - i
    if (d === '0') { gap = true; continue }
    if (gap) pieces.push(...digitSounds('0'))
    gap = false
    if (!(place === 1 && d === '1' && text.length === 2)) pieces.push(...digitSounds(d))
    const name = names[place]
    if (name) pieces.push(file(`shipped/digits/${name}`))
  }
  return pieces
}

/** Fills `{variable}`; unknown ones vanish. */
export const fill = (text: string, variables: Readonly<Record<string, string>>): string => text.replaceAll(/\{([a-zA-Z][a-zA-Z0-9_.]{0,63})\}/g, (_, name: string) => Object.hasOwn(variables, name) ? variables[name] ?? '' : '')

/** Sounds of a sequence; prompts that are gone are left out and named in `missing`. */
export function soundsOf(say: readonly Saying[], index: PolicyIndex, variables: Readonly<Record<string, string>>, language: string, speed: number): { sounds: Sound[], missing: string[] } {
  const missing: string[] = []
  const sounds = say.flatMap((piece): Sound[] => {
    switch (piece.kind) {
      case 'text': return [{ kind: 'text', text: fill(piece.text, variables), language, speed }]
      case 'pause': return [{ kind: 'silence', ms: piece.ms }]
      case 'number': {
        const value = fill(piece.value, variables)
        return piece.as === 'digits' ? digitSounds(value) : countSounds(Number(value))
      }
      case 'prompt': {
        const prompt = index.prompts.get(piece.prompt)
        if (!prompt) {
          if (piece.prompt.startsWith('shipped/')) return [file(piece.prompt)]
          missing.push(piece.prompt)
          return []
        }
        return prompt.parts.map((part): Sound => 'file' in part ? file(part.file) : 'text' in part ? { kind: 'text', text: fill(part.text, variables), language, speed, fallback: part.fallback } : { kind: 'silence', ms: part.pauseMs })
      }
    }
  })
  return { sounds, missing }
}
