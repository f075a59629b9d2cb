// Digits as crooked little polygons, so that no text stands in the picture; and sums in words. Pure: chance comes from outside.
type Chance = (from: number, to: number) => number

const glyphs: Record<string, readonly string[]> = {
  '2': ['01110', '10001', '00001', '00010', '00100', '01000', '11111'], '3': ['11110', '00001', '00001', '01110', '00001', '00001', '11110'], '4': ['00010', '00110', '01010', '10010', '11111', '00010', '00010'],
  '5': ['11111', '10000', '11110', '00001', '00001', '10001', '01110'], '6': ['00110', '01000', '10000', '11110', '10001', '10001', '01110'], '7': ['11111', '00001', '00010', '00100', '01000', '01000', '01000'],
  '8': ['01110', '10001', '10001', '01110', '10001', '10001', '01110'], '9': ['01110', '10001', '10001', '01111', '00001', '00010', '01100'],
}
const CELL = 5.4
const [WIDTH, HEIGHT] = [190, 64]

/** An SVG of paths only. Each digit stands at another angle, size and height; each of its cells is out of shape. */
export function drawDigits(digits: string, chance: Chance): string {
  const near = (value: number): number => value + chance(-8, 9) / 100
  const parts: string[] = []
  ;[...digits].forEach((digit, place) => {
    const [turn, size, x, y] = [(chance(-14, 15) * Math.PI) / 180, chance(95, 120) / 100, 24 + place * 36 + chance(-3, 4), 32 + chance(-5, 6)]
    const at = (column: number, row: number): string => {
      const [dx, dy] = [(column - 2.5) * CELL * size, (row - 3.5) * CELL * size]
      return `${(x + dx * Math.cos(turn) - dy * Math.sin(turn)).toFixed(1)} ${(y + dx * Math.sin(turn) + dy * Math.cos(turn)).toFixed(1)}`
    }
    ;(glyphs[digit] ?? []).forEach((line, row) => [...line].forEach((cell, column) => {
      if (cell === '1') parts.push(`M${at(near(column - 0.08), near(row - 0.08))}L${at(near(column + 1.08), near(row - 0.08))}L${at(near(column + 1.08), near(row + 1.08))}L${at(near(column - 0.08), near(row + 1.08))}Z`)
    }))
  })
  const lines = Array.from({ length: 3 }, () => `M${chance(0, 30)} ${chance(4, HEIGHT - 4)}C${chance(40, 80)} ${chance(0, HEIGHT)} ${chance(100, 140)} ${chance(0, HEIGHT)} ${chance(WIDTH - 30, WIDTH)} ${chance(4, HEIGHT - 4)}`)
  const dots = Array.from({ length: 25 }, () => { const [x, y] = [chance(0, WIDTH), chance(0, HEIGHT)]; return `M${x} ${y}h1.5v1.5h-1.5Z` })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><rect width="100%" height="100%" fill="#f4f6f8"/><path d="${parts.join('')}${dots.join('')}" fill="#23405f"/><path d="${lines.join('')}" fill="none" stroke="#23405f" stroke-width="1"/></svg>`
}

const words = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** 七加五减三等于几？ The answer in digits. */
export function sumInWords(chance: Chance): { question: string; answer: string } {
  const [a, b] = [chance(3, 11), chance(2, 11)]
  const c = chance(1, Math.min(10, a + b - 1))
  return { question: `${words[a]}加${words[b]}减${words[c]}，等于几？`, answer: String(a + b - c) }
}
