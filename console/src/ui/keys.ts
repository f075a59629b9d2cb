// Keys of the console: by `event.code`, silent while an IME composes, single letters never inside fields.
import { useEffect, useRef, useSyncExternalStore } from 'react'

/**
 * One key. `keys` is written as on the sheet: `Ctrl K`, `Shift x`, `j`, `/`, `[`, `Space`, `Enter`, `Esc`, `F2`, `Alt Q`, or a sequence `g h`.
 * `run` may return false to let the key go on to others.
 */
export type KeyBinding = {
  keys: string
  label: string
  run: (event: KeyboardEvent) => void | boolean
  /** Also while a dialog or drawer has the focus. */
  inLayers?: boolean
  enabled?: boolean
}

type Chord = { code: string; ctrl: boolean; alt: boolean; shift: boolean }
type Layer = { group: string; bindings: KeyBinding[] }

const named: Record<string, string> = {
  '/': 'Slash', '[': 'BracketLeft', ']': 'BracketRight', '.': 'Period', ',': 'Comma', '+': 'Equal', '-': 'Minus',
  space: 'Space', enter: 'Enter', esc: 'Escape', tab: 'Tab', up: 'ArrowUp', down: 'ArrowDown', left: 'ArrowLeft', right: 'ArrowRight',
  '↑': 'ArrowUp', '↓': 'ArrowDown', '←': 'ArrowLeft', '→': 'ArrowRight',
}
const modifiers = new Set(['ctrl', 'alt', 'shift'])

function codeOf(name: string): string {
  const known = named[name.toLowerCase()]
  if (known) return known
  if (/^[a-z]$/i.test(name)) return `Key${name.toUpperCase()}`
  if (/^\d$/.test(name)) return `Digit${name}`
  return name
}

/** `Ctrl K` is one chord, `g h` two. */
export function parseKeys(keys: string): Chord[] {
  const chords: Chord[] = []
  let chord: Chord = { code: '', ctrl: false, alt: false, shift: false }
  for (const word of keys.split(/\s+/)) {
    const lower = word.toLowerCase()
    if (modifiers.has(lower)) chord = { ...chord, [lower]: true }
    else {
      chords.push({ ...chord, code: codeOf(word) })
      chord = { code: '', ctrl: false, alt: false, shift: false }
    }
  }
  return chords
}

function matches(chord: Chord, event: KeyboardEvent): boolean {
  const code = event.code === 'NumpadEnter' ? 'Enter' : event.code
  return chord.code === code && chord.ctrl === (event.ctrlKey || event.metaKey) && chord.alt === event.altKey && chord.shift === event.shiftKey
}

/** An IME at work: the key belongs to it. */
export function composing(event: { isComposing?: boolean; keyCode?: number }): boolean {
  return event.isComposing === true || event.keyCode === 229
}

function inField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  const tag = target.tagName
  if (tag === 'TEXTAREA' || tag === 'SELECT') return true
  if (tag === 'INPUT') return !['checkbox', 'radio', 'button', 'submit'].includes(target.getAttribute('type') ?? 'text')
  return target.getAttribute('role') === 'combobox'
}

const layers: Layer[] = []
const watchers = new Set<() => void>()
let snapshot: readonly Layer[] = []
let prefix: { event: Chord; until: ReturnType<typeof setTimeout> } | null = null
let singleLetters = true

/** Users may switch single letters off (assistive technology uses them too). */
export function setSingleLetters(on: boolean): void {
  singleLetters = on
}

function changed(): void {
  snapshot = [...layers]
  for (const watcher of watchers) watcher()
}

/** Keys that belong to what has the focus: a button is pressed by Space and Enter, a menu walks by arrows. */
function ownedByTarget(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (['Space', 'Enter'].includes(event.code)) return target.closest('button, a[href], summary, [role=button], [role=menuitem], [role=tab], [role=checkbox], [role=switch], input') !== null
  if (event.code.startsWith('Arrow')) return target.closest('[role=menu], [role=tablist], [role=radiogroup], [role=tree], [role=separator], [role=slider]') !== null
  return false
}

function onKey(event: KeyboardEvent): void {
  if (composing(event) || event.defaultPrevented) return
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey
  const functionKey = /^F\d+$/.test(event.code) || event.code === 'Escape'
  const field = inField(event.target)
  if (plain && !functionKey && (field || ownedByTarget(event))) return
  const inLayer = event.target instanceof HTMLElement && event.target.closest('[role=dialog]') !== null
  const before = prefix
  if (before) clearTimeout(before.until)
  prefix = null
  for (const layer of [...layers].reverse()) {
    for (const binding of layer.bindings) {
      if (binding.enabled === false || (inLayer && !binding.inLayers)) continue
      if (step(binding, event, before?.event ?? null)) return
    }
  }
}

/** Chords come first: a closed select would take Ctrl Enter for its own Enter and open. */
const chorded = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey || event.altKey
function onChord(event: KeyboardEvent): void {
  if (chorded(event)) onKey(event)
}
function onPlain(event: KeyboardEvent): void {
  if (!chorded(event)) onKey(event)
}

function listen(on: boolean): void {
  if (on) {
    window.addEventListener('keydown', onChord, true)
    window.addEventListener('keydown', onPlain)
  } else {
    window.removeEventListener('keydown', onChord, true)
    window.removeEventListener('keydown', onPlain)
  }
}

function step(binding: KeyBinding, event: KeyboardEvent, before: Chord | null): boolean {
  const [first, second] = parseKeys(binding.keys)
  if (!first) return false
  const letter = first.code.startsWith('Key') && !first.ctrl && !first.alt
  if (letter && !singleLetters) return false
  if (second) {
    if (before && before.code === first.code && matches(second, event)) return fire(binding, event)
    // the sequence has begun; another binding with this single letter still gets it
    if (matches(first, event)) prefix = { event: first, until: setTimeout(() => (prefix = null), 1000) }
    return false
  }
  return matches(first, event) && !before && fire(binding, event)
}

function fire(binding: KeyBinding, event: KeyboardEvent): boolean {
  if (binding.run(event) === false) return false
  event.preventDefault()
  event.stopPropagation()
  return true
}

function add(layer: Layer): () => void {
  if (layers.length === 0) listen(true)
  layers.push(layer)
  changed()
  return () => {
    layers.splice(layers.indexOf(layer), 1)
    if (layers.length === 0) listen(false)
    changed()
  }
}

/** Registers keys while the component is shown; later registrations win. They appear on the `Ctrl /` sheet under `group`. */
export function useKeys(group: string, bindings: KeyBinding[]): void {
  const latest = useRef(bindings)
  latest.current = bindings
  const signature = bindings.map((b) => `${b.keys}\t${b.label}\t${b.enabled ?? true}\t${b.inLayers ?? false}`).join('\n')
  useEffect(() => {
    const stable = latest.current.map((binding, index): KeyBinding => ({ ...binding, run: (event) => latest.current[index]?.run(event) }))
    return add({ group, bindings: stable })
  }, [group, signature])
}

/** What works right now, for the key sheet. */
export function useActiveKeys(): readonly Layer[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => snapshot,
  )
}
