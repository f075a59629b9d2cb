// Single frequencies in sound: Goertzel's filter, and keypad digits found with it (ITU-T Q.23/Q.24).

/** Energy of one frequency in linear samples, normalised so that a pure tone of amplitude A gives A². */
export function toneEnergy(samples: Int16Array, from: number, length: number, frequency: number, rate = 8000): number {
  const k = 2 * Math.cos((2 * Math.PI * frequency) / rate)
  let [s1, s2] = [0, 0]
  for (let i = from; i < from + length; i++) {
    const s = (samples[i] ?? 0) + k * s1 - s2
    s2 = s1
    s1 = s
  }
  return ((s1 * s1 + s2 * s2 - k * s1 * s2) * 4) / (length * length)
}

/** Mean of the squares. */
export function energyOf(samples: Int16Array, from: number, length: number): number {
  let sum = 0
  for (let i = from; i < from + length; i++) sum += (samples[i] ?? 0) ** 2
  return sum / length
}

const ROWS = [697, 770, 852, 941] as const
const COLUMNS = [1209, 1336, 1477, 1633] as const
const KEYS = ['123A', '456B', '789C', '*0#D'] as const

/** Both frequencies of a key in Hz. */
export function frequenciesOf(digit: string): [number, number] | null {
  const row = KEYS.findIndex((keys) => keys.includes(digit))
  const [low, high] = [ROWS[row], COLUMNS[KEYS[row]?.indexOf(digit) ?? -1]]
  return low !== undefined && high !== undefined ? [low, high] : null
}

const WINDOW = 205 // samples; the bins then lie on the eight frequencies closely enough
const LEAST = 30_000 // energy of the weaker tone: about -43 dBm0

function keyIn(samples: Int16Array, from: number): string | null {
  const total = energyOf(samples, from, WINDOW)
  if (total < LEAST) return null
  const best = (frequencies: readonly number[]): { at: number; energy: number; next: number } => {
    const energies = frequencies.map((frequency) => toneEnergy(samples, from, WINDOW, frequency))
    const at = energies.indexOf(Math.max(...energies))
    return { at, energy: energies[at] ?? 0, next: Math.max(...energies.filter((_, i) => i !== at)) }
  }
  const [low, high] = [best(ROWS), best(COLUMNS)]
  if (low.energy < LEAST || high.energy < LEAST) return null
  if (high.energy > low.energy * 6.3 || low.energy > high.energy * 10) return null // twist: 8 dB, 10 dB
  if (low.energy < low.next * 6.3 || high.energy < high.next * 6.3) return null
  // Speech has energy elsewhere too; two pure tones are nearly all there is.
  if ((low.energy + high.energy) / 2 < total * 0.75) return null
  return KEYS[low.at]?.[high.at] ?? null
}

/** Feed linear samples of any length; digits are told once each, when they have lasted 40 ms. */
export function createDigitDetector(onDigit: (digit: string) => void): (samples: Int16Array) => void {
  const held = new Int16Array(WINDOW * 4)
  let length = 0
  let [last, current]: (string | null)[] = [null, null]
  let [seen, absent] = [0, 0]
  return (samples) => {
    for (let from = 0; from < samples.length; from += WINDOW) {
      const part = samples.subarray(from, from + WINDOW)
      held.set(part, length)
      length += part.length
      while (length >= WINDOW) {
        const key = keyIn(held, 0)
        held.copyWithin(0, WINDOW / 2 | 0, length) // windows overlap by half
        length -= WINDOW / 2 | 0
        seen = key !== null && key === last ? seen + 1 : 1
        last = key
        if (key === null) {
          if (++absent >= 2) current = null
        } else {
          absent = 0
          if (seen >= 3 && key !== current) onDigit((current = key))
        }
      }
    }
  }
}
