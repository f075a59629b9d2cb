// `npm test`: every check in order, a headline each, and a closing line that a machine can read.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'

import { findBrowser } from './browser.mjs'
import { buildPages } from './build.mjs'
import { exitCodeOf, interruption, quiet, runAndListen, runForeground } from './child.mjs'
import { ensureSipp } from './telephones.mjs'
import { Stop, seconds, steps } from './texts.mjs'

/**
 * A step reports counts where it counts tests; a failed step that counts nothing counts as one failure.
 * @typedef {{ ok: boolean, passed?: number, failed?: number, skipped?: number, why?: string }} Outcome
 */

/** @returns {Promise<number>} exit code */
export async function test(root, node) {
  const skip = new Set((process.env.MINSHENG_TEST_SKIP ?? '').split(',').map((name) => name.trim()))
  // Steps of one stage all run; a failed stage keeps the next ones from running. Static steps use one core each: two at a time.
  const stages = [
    { name: 'static', atOnce: 2, steps: [...staticSteps(root, node), { title: steps.build, run: () => build(root, node) }] },
    { name: 'unit', steps: [{ title: steps.unit, run: () => unitTests(root, node) }] },
    { name: 'e2e', steps: [{ title: steps.e2e, run: () => journeys(root, node) }] },
  ]
  const total = { passed: 0, failed: 0, skipped: 0 }
  const summary = []
  for (const stage of stages) {
    if (total.failed > 0 || skip.has(stage.name)) {
      for (const { title } of stage.steps) summary.push(`${steps.skipped}  ${title}: ${total.failed > 0 ? steps.notRun : steps.asked}`)
      total.skipped += stage.steps.length
      continue
    }
    const lines = []
    const waiting = [...stage.steps.entries()]
    const lane = async () => {
      for (let next = waiting.shift(); next && !interruption(); next = waiting.shift()) {
        const [index, { title, run }] = next
        console.log(`\n== ${title}`)
        const began = performance.now()
        const outcome = await run().catch((error) => failure(error))
        add(total, outcome)
        const state = outcome.ok ? (outcome.skipped && !outcome.passed ? steps.skipped : steps.passed) : steps.failed
        lines[index] = `${state}  ${title}, ${seconds(began)} s${outcome.why ? `: ${outcome.why}` : ''}`
      }
    }
    await Promise.all(Array.from({ length: stage.atOnce ?? 1 }, lane))
    const stopped = interruption()
    if (stopped) return stopped
    summary.push(...lines)
  }
  console.log(`\n== ${steps.summary}`)
  for (const line of summary) console.log(line)
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
  return total.failed > 0 ? 1 : 0
}

function add(total, { ok, passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed
  total.failed += ok ? failed : Math.max(failed, 1)
  total.skipped += skipped
}

function failure(error) {
  if (!(error instanceof Stop)) console.error(error)
  return { ok: false, why: error.message.split('\n')[0] }
}

function* staticSteps(root, node) {
  const own = path.join(root, 'tools/check.ts')
  if (existsSync(own)) yield { title: steps.check, run: () => plain(node, [...quiet, own], root) }
  // The native compiler: the same findings in half the time. One thread each, since two steps run side by side.
  const tsc = path.join(root, 'node_modules/typescript-native/bin/tsc')
  // What runs on Node shares most of its sources: read once, not once a workspace.
  const together = existsSync(path.join(root, 'tsconfig.node.json')) ? ['tsconfig.node.json'] : ['server', 'switch', 'bench', 'tools']
  for (const project of [...together, 'console', 'portal', 'e2e']) {
    if (!existsSync(path.join(root, project.endsWith('.json') ? project : `${project}/tsconfig.json`))) continue
    yield { title: steps.types(project), run: () => plain(node, [tsc, '-p', project, '--noEmit', '--singleThreaded'], root) }
  }
}

async function plain(node, args, cwd) {
  return { ok: exitCodeOf(await runForeground(node, args, { cwd })) === 0 }
}

const CALLS = 'switch/test'

/** @returns {Promise<Outcome>} */
async function unitTests(root, node) {
  const report = path.join(root, '.cache/vitest.json')
  await mkdir(path.dirname(report), { recursive: true })
  const noSipp = await ensureSipp()
  if (noSipp) console.log(steps.noSipp(noSipp))
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
  // Calls with real sound keep real time: they run by themselves, one file after the other.
  const calls = existsSync(path.join(root, CALLS)) ? [[CALLS, '--no-file-parallelism', '--isolate']] : []
  const sum = { ok: true, passed: 0, failed: 0, skipped: 0 }
  for (const choice of [['--exclude', `${CALLS}/**`], ...calls]) {
    await rm(report, { force: true })
    const args = [vitest, 'run', ...choice, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    if (exitCodeOf(await runForeground(node, args, { cwd: root })) !== 0) sum.ok = false
    const text = await readFile(report, 'utf8').catch(() => undefined)
    if (text === undefined) return { ok: false, why: steps.noCount }
    const counted = JSON.parse(text)
    // A file that does not load has no test that could fail.
    const broken = counted.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed')).length
    sum.passed += counted.numPassedTests
    sum.failed += counted.numFailedTests + broken
    sum.skipped += counted.numPendingTests + counted.numTodoTests
  }
  return sum
}

/** @returns {Promise<Outcome>} */
async function build(root, node) {
  await buildPages(root, node)
  return { ok: true }
}

/** e2e/run.ts ends with the same closing line as we do. */
async function journeys(root, node) {
  const file = path.join(root, 'e2e/run.ts')
  if (!existsSync(file)) return { ok: true, skipped: 1, why: steps.absent('e2e/run.ts') }
  const browser = await findBrowser()
  if ('missing' in browser) {
    console.log(browser.missing)
    return { ok: true, skipped: 1, why: browser.missing }
  }
  if (browser.warning) console.log(browser.warning)
  const result = await runAndListen(node, [...quiet, file], { cwd: root, env: { MINSHENG_CHROMIUM: browser.path } })
  const ok = exitCodeOf(result) === 0
  const line = [...result.output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/gm)].at(-1)
  if (!line) return { ok: false, why: steps.noCount }
  return { ok, passed: Number(line[1]), failed: Number(line[2]), skipped: Number(line[3] ?? 0), why: browser.warning }
}
