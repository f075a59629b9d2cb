// What a person set for this screen: size of everything, single-letter keys, motion.
import { setSingleLetters } from './keys.ts'

export const scales = [90, 100, 110, 125, 150] as const
export type Display = { scale: number; letters: boolean; motion: boolean }

const name = 'ms-display'
const plain: Display = { scale: 100, letters: true, motion: true }

export function recallDisplay(): Display {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
    if (typeof value !== 'object' || value === null) return plain
    return {
      scale: 'scale' in value && scales.some((one) => one === value.scale) ? Number(value.scale) : 100,
      letters: !('letters' in value) || value.letters !== false,
      motion: !('motion' in value) || value.motion !== false,
    }
  } catch {
    return plain
  }
}

export function keepDisplay(display: Display): void {
  localStorage.setItem(name, JSON.stringify(display))
}

/** `zoom` scales text, targets and layers together, as the browser's own zoom does. */
export function applyDisplay(display: Display): void {
  document.documentElement.style.setProperty('zoom', display.scale === 100 ? '' : `${display.scale}%`)
  document.documentElement.dataset.motion = display.motion ? 'on' : 'off'
  setSingleLetters(display.letters)
}
