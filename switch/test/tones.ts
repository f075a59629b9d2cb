// Which tones are in which channel of a recording.
import { readFileSync } from 'node:fs'
import { ALAW } from '../src/rtp/g711.ts'
import { energyOf, toneEnergy } from '../src/rtp/goertzel.ts'

/** Shares of a channel's frames with sound in which the tone is the loudest part; the length in ms. */
export function tonesIn(file: string, frequency: number): { left: number; right: number; ms: number } {
  const bytes = readFileSync(file).subarray(58)
  const frames = Math.floor(bytes.length / 320)
  const share = (channel: number): number => {
    let [loud, found] = [0, 0]
    for (let f = 0; f < frames; f++) {
      const samples = Int16Array.from({ length: 160 }, (_, i) => ALAW[bytes[f * 320 + i * 2 + channel] ?? 0] ?? 0)
      const energy = energyOf(samples, 0, 160)
      if (energy < 10_000) continue
      loud++
      if (toneEnergy(samples, 0, 160, frequency) / 2 > energy * 0.5) found++
    }
    return loud > 10 ? found / loud : 0
  }
  return { left: share(0), right: share(1), ms: frames * 20 }
}
