// A row of sounds as 20 ms frames, once, several times or until stopped.
import { ALAW_SILENCE, FRAME } from '../rtp/g711.ts'

export type Player = {
  /** The next frame into `out`; false when the row is over and `out` was not filled. */
  next: (out: Uint8Array) => boolean
}

/** `times` 0 = until stopped. A row without any sound is over at once, whatever `times` says. */
export function createPlayer(sounds: readonly Uint8Array[], times: number): Player {
  const row = sounds.filter((one) => one.length > 0)
  let [index, at, round] = [0, 0, 1]
  return {
    next(out) {
      let filled = 0
      while (filled < FRAME) {
        const sound = row[index]
        if (!sound) {
          if (row.length === 0 || (times > 0 && round >= times)) break
          round++
          index = 0
          continue
        }
        const part = sound.subarray(at, at + FRAME - filled)
        out.set(part, filled)
        filled += part.length
        at += part.length
        if (at >= sound.length) {
          index++
          at = 0
        }
      }
      if (filled === 0) return false
      if (filled < FRAME) out.fill(ALAW_SILENCE, filled)
      return true
    },
  }
}
