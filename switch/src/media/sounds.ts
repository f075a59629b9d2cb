// Sounds by name as A-law: shipped and uploaded files, the tones of the network, and live synthesis where `espeak-ng` is installed. Kept in memory, least used first out.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sound } from '../media-port.ts'
import { ALAW_SILENCE, TO_ALAW } from '../rtp/g711.ts'
import { synthesise } from './synthesis.ts'

const MOST_BYTES = 64 << 20

/** Chinese network tones (GB/T 3380): 450 Hz, ringing 1 s on 4 s off, busy 0.35 s on and off. */
function tone(parts: readonly { hz: number; ms: number }[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, one) => sum + one.ms * 8, 0)).fill(ALAW_SILENCE)
  let at = 0
  for (const { hz, ms } of parts) {
    const length = ms * 8
    for (let i = 0; hz > 0 && i < length; i++) {
      const edge = Math.min(1, i / 40, (length - i) / 40) // no click at either end
      out[at + i] = TO_ALAW[Math.round(5000 * edge * Math.sin((2 * Math.PI * hz * i) / 8000)) + 32_768] ?? ALAW_SILENCE
    }
    at += length
  }
  return out
}

const TONES: Readonly<Record<Extract<Sound, { kind: 'tone' }>['tone'], Uint8Array>> = {
  ringback: tone([{ hz: 450, ms: 1000 }, { hz: 0, ms: 4000 }]),
  busy: tone([{ hz: 450, ms: 350 }, { hz: 0, ms: 350 }]),
  beep: tone([{ hz: 1000, ms: 300 }]),
  callWaiting: tone([{ hz: 450, ms: 400 }, { hz: 0, ms: 4000 }]),
}

/** Names are hashes or `shipped/…`: letters, digits, and no way out of the folder. */
const NAME = /^(?:shipped\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,127}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,127})?$/

export type Sounds = ReturnType<typeof createSounds>

export function createSounds(folders: readonly string[]) {
  const held = new Map<string, Uint8Array>()
  let bytes = 0

  function keep(key: string, sound: Uint8Array): Uint8Array {
    held.set(key, sound)
    bytes += sound.length
    for (const [old, one] of held) {
      if (bytes <= MOST_BYTES || old === key) break
      held.delete(old)
      bytes -= one.length
    }
    return sound
  }

  function known(key: string): Uint8Array | undefined {
    const sound = held.get(key)
    if (sound) {
      held.delete(key)
      held.set(key, sound)
    }
    return sound
  }

  async function file(name: string): Promise<Uint8Array | null> {
    const sound = known(name)
    if (sound) return sound
    if (!NAME.test(name) || name.includes('..')) return null
    for (const folder of folders) {
      const content = await readFile(join(folder, `${name}.alaw`)).catch(() => null)
      if (content) return keep(name, content)
    }
    return null
  }

  async function text(sound: Extract<Sound, { kind: 'text' }>): Promise<Uint8Array | null> {
    const key = `text:${createHash('sha256').update(`${sound.language}|${sound.speed}|${sound.text}`).digest('hex')}`
    const spoken = known(key)
    if (spoken) return spoken
    const made = await synthesise(sound.text, sound.language, sound.speed)
    if (made) return keep(key, made)
    return sound.fallback === undefined ? null : file(sound.fallback)
  }

  return {
    /** The sound's samples, at once where they are in memory; null where there is no such sound. */
    get(sound: Sound): Uint8Array | null | Promise<Uint8Array | null> {
      if (sound.kind === 'tone') return TONES[sound.tone]
      if (sound.kind === 'silence') return new Uint8Array(Math.max(0, Math.min(sound.ms, 60_000)) * 8).fill(ALAW_SILENCE)
      if (sound.kind === 'file') return known(sound.file) ?? file(sound.file)
      return text(sound)
    },
    /** What to name in `played: failed`. */
    nameOf: (sound: Sound): string => (sound.kind === 'file' ? sound.file : sound.kind === 'text' ? (sound.fallback ?? 'text') : sound.kind),
  }
}
