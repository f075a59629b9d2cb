// The comprehensive query at volume: six conditions each, sorted, first page and deeper ones; and an export of 100,000 rows in the background.
import { figure, least, most, percentile, writeResult, type Metric } from './result.ts'
import { people, signIn, startProduct, type Session } from './product.ts'
import { benchData } from './volume.ts'

const ROUNDS = 20
type Leaf = { field: string; op: string; value?: unknown }
const week: Leaf = { field: 'registeredAt', op: 'lastDays', value: 365 }
const trees: [name: string, sort: string, all: Leaf[]][] = [
  ['six common conditions', '-registeredAt', [{ field: 'state', op: 'in', value: ['closed', 'archived', 'inProgress'] }, { field: 'appealType', op: 'in', value: ['help', 'complaint'] }, { field: 'channel', op: 'in', value: ['phone', 'portal'] }, { field: 'urgency', op: 'in', value: ['normal'] }, { field: 'round', op: 'lte', value: 3 }, week]],
  ['six conditions nothing meets', '-registeredAt', [{ field: 'state', op: 'in', value: ['archived'] }, { field: 'appealType', op: 'in', value: ['praise'] }, { field: 'channel', op: 'in', value: ['letter'] }, { field: 'urgency', op: 'in', value: ['major'] }, { field: 'returnCount', op: 'gte', value: 2 }, week]],
  ['sorted by urges', '-urgeCount', [{ field: 'state', op: 'notIn', value: ['withdrawn'] }, { field: 'appealType', op: 'notIn', value: ['praise'] }, { field: 'channel', op: 'in', value: ['phone'] }, { field: 'round', op: 'gte', value: 1 }, { field: 'flags', op: 'hasNot', value: ['hard'] }, week]],
  ['words, sorted by closing', '-closedAt', [{ field: 'words', op: 'has', value: '路灯' }, { field: 'appealType', op: 'in', value: ['help', 'complaint'] }, { field: 'channel', op: 'in', value: ['phone'] }, { field: 'urgency', op: 'in', value: ['normal'] }, { field: 'round', op: 'lte', value: 3 }, week]],
  ['long open, nearest limit', 'nextDueAt', [{ field: 'openDays', op: 'gte', value: 7 }, { field: 'urgency', op: 'in', value: ['urgent', 'major'] }, { field: 'closedAt', op: 'empty' }, { field: 'returnCount', op: 'gte', value: 1 }, { field: 'confidential', op: 'is', value: false }, week]],
]
const pathOf = (sort: string, all: Leaf[]): string => `/api/orders/query?limit=50&sort=${sort}&where=${encodeURIComponent(JSON.stringify({ all }))}`

export async function benchQuery(): Promise<void> {
  const product = await startProduct(benchData)
  try {
    const reviewer = await reviewerOf(product.staff)
    const metrics: Record<string, Metric> = {}
    let errors = 0
    for (const [name, sort, all] of trees) {
      const times: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const answer = await reviewer.call('GET', pathOf(sort, all))
        if (answer.status !== 200) errors += 1
        times.push(answer.ms)
      }
      metrics[`${name}: p95`] = most(percentile(times, 95), 'ms', 1000)
      metrics[`${name}: p50`] = figure(percentile(times, 50), 'ms')
    }
    metrics['errors'] = most(errors, 'requests', 0)
    writeResult('query-1m', { command: 'npm run bench -- query', base: 'data/bench', metrics, notes: ['one user, no think time; first round cold'] })
  } finally {
    await product.stop()
  }
}

export async function benchExport(): Promise<void> {
  const product = await startProduct(benchData)
  try {
    const reviewer = await reviewerOf(product.staff)
    const before = product.memoryMb()
    const began = performance.now()
    // The newest 100,000: the limit of one export; more is refused by name.
    const started = await reviewer.call('POST', '/api/exports', { page: 'query', filter: { where: { all: [{ field: 'registeredAt', op: 'lastDays', value: 90 }] } }, columns: ['number', 'title', 'stateName', 'leadUnitName', 'registeredAt', 'content'], format: 'csv' })
    let peak = before
    // Filling caches costs once; what grows with the rows would show in the second half.
    let half = 0
    let task = started.body
    while (started.status === 200 && !['done', 'failed', 'cancelled'].includes(task.state)) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      task = (await reviewer.call('GET', `/api/tasks/${started.body.taskId}`)).body
      peak = Math.max(peak, product.memoryMb())
      if (half === 0 && task.total > 0 && task.done * 2 >= task.total) half = peak
    }
    const seconds = (performance.now() - began) / 1000
    writeResult('export-100k', {
      command: 'npm run bench -- export', base: 'data/bench',
      metrics: { rows: least(task.done ?? 0, 'rows', 50_000), duration: figure(seconds, 's'), 'growth of resident memory': figure(peak - before, 'MB'), 'growth in the second half': most(peak - half, 'MB', 50) },
      notes: [`state ${String(task.state ?? started.body.title)}`],
    })
  } finally {
    await product.stop()
  }
}

async function reviewerOf(staff: number): Promise<Session> {
  const found = (await people(staff)).find((p) => p.role === 'reviewer')
  if (!found) throw new Error('no reviewer in the demo city')
  return signIn(staff, found)
}
