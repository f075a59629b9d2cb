// Keeps the exchange running: starts it again at once when it falls, slower when it falls again and again; ends with it when it ends in order. Holds nothing itself, so it may be killed too.
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'

/** Ran for less: it cannot start here, and starting again will not help. */
const FALSE_START_MS = 3000
const PAUSES_MS = [0, 1000, 5000, 15_000]
/** Falls that are longer ago do not count. */
const MEMORY_MS = 120_000

let child: ChildProcess | null = null
let falls: number[] = []
let ending = false

function start(): void {
  const began = performance.now()
  const made = spawn(process.execPath, [...process.execArgv, path.join(import.meta.dirname, 'main.ts')], { stdio: 'inherit' })
  child = made
  made.once('exit', (code, signal) => {
    const at = performance.now()
    if (ending || code === 0 || (code !== null && at - began < FALSE_START_MS)) process.exit(code ?? 0)
    falls = [...falls.filter((one) => at - one < MEMORY_MS), at]
    const pause = PAUSES_MS[Math.min(falls.length, PAUSES_MS.length) - 1] ?? 0
    process.stderr.write(`the exchange ended with ${signal ?? code ?? ''}; started again in ${pause / 1000} s\n`)
    setTimeout(start, pause)
  })
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    ending = true
    child?.kill(signal)
  })
}
start()
