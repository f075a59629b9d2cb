// Starts the crowd of agents' pages and asks it for its report.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { CrowdOrder, CrowdReport } from './desk-crowd.ts'

export type Crowd = Awaited<ReturnType<typeof startCrowd>>

/** Resolves when every page is connected and ready for calls. */
export async function startCrowd(order: CrowdOrder) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'desk-crowd.ts'), JSON.stringify(order)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const say = async (word: string): Promise<CrowdReport> => {
    child.stdin.write(`${word}\n`)
    return JSON.parse(String((await lines.next()).value)) as CrowdReport
  }
  if (String((await lines.next()).value) !== 'ready') throw new Error('the pages did not become ready')
  return { pid: child.pid ?? 0, report: () => say('report'), hangUp: () => void child.stdin.write('hangUp\n'), stop: () => say('stop') }
}
