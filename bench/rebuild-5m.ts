// All sums of the largest tenant built from its orders while the product runs. Over the base of `facts-5m`.
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { people, signIn, startProduct } from './product.ts'
import { factsData } from './facts-5m.ts'
import { figure, most, writeResult } from './result.ts'

export async function benchRebuild(): Promise<void> {
  const product = await startProduct(factsData)
  try {
    const admin = (await people(product.staff)).find((p) => p.role === 'tenantAdmin')
    if (!admin) throw new Error('no administrator in the demo')
    const session = await signIn(product.staff, admin)
    const began = performance.now()
    const start = await session.call('POST', '/api/data/sums/build', { fresh: true })
    // One that was interrupted goes on by itself.
    if (start.status !== 200 && start.status !== 409) throw new Error(`${start.status} ${JSON.stringify(start.body)}`)
    const memory: number[] = []
    let state = start.status === 200 ? start.body : (await session.call('GET', '/api/data/sums')).body
    while (state.building) {
      await setTimeout(2000)
      memory.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${product.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
      state = (await session.call('GET', '/api/data/sums')).body
      process.stdout.write(`\r  ${state.done}/${state.expected}, ${Math.round((performance.now() - began) / 1000)} s`)
    }
    process.stdout.write('\n')
    const seconds = (performance.now() - began) / 1000
    const third = Math.floor(memory.length / 3)
    const [early, late] = [Math.max(0, ...memory.slice(0, third)), Math.max(0, ...memory.slice(-third))]
    writeResult('rebuild-5m', {
      command: 'npm run bench -- rebuild-5m', base: `${state.expected} orders of three years`,
      metrics: { 'all sums built': most(seconds, 's', 900), 'server memory, last third over first third': most(late / Math.max(1, early), '×', 1.3), 'server memory, most': figure(Math.max(0, ...memory), 'MB'), 'orders a second': figure(state.expected / seconds, '/s') }, notes: ['every step of 40,000 orders is a transaction of its own'],
    })
  } finally {
    await product.stop()
  }
}
