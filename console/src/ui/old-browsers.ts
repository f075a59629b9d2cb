// Copying array methods came with Chrome 110 and Firefox 115; the floor is Chrome 108. Loaded before everything else.
type Copying = { toSorted?: unknown; toReversed?: unknown; toSpliced?: unknown; with?: unknown }
const own: Copying = Array.prototype

function add(name: keyof Copying, value: (this: unknown[], ...args: never[]) => unknown[]): void {
  if (typeof own[name] !== 'function') Object.defineProperty(Array.prototype, name, { value, configurable: true, writable: true })
}

add('toSorted', function (this: unknown[], compare?: (a: unknown, b: unknown) => number) { return [...this].sort(compare) })
add('toReversed', function (this: unknown[]) { return [...this].reverse() })
add('toSpliced', function (this: unknown[], start: number, count: number, ...items: unknown[]) {
  const copy = [...this]
  copy.splice(start, count, ...items)
  return copy
})
add('with', function (this: unknown[], index: number, value: unknown) {
  const at = index < 0 ? this.length + index : index
  if (at < 0 || at >= this.length) throw new RangeError('index')
  const copy = [...this]
  copy[at] = value
  return copy
})
