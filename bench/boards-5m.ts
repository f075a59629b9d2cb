// Figures at volume: a board of twelve panels, statistics tables over all units, three years of history. Over the base of `facts-5m`.
import { people, signIn, startProduct, type Answer, type Session } from './product.ts'
import { factsData } from './facts-5m.ts'
import { figure, most, percentile, writeResult } from './result.ts'

type Ask = { indicators: string[]; dimensions?: string[]; compare?: string; limit?: number; where?: { dimension: string; values: string[] }[] }
/** The panels of the operation board and of a theme, as they ship. */
const panels: Ask[] = [
  { indicators: ['received', 'closed', 'open', 'overdueOpen', 'onTimeClosingRate', 'satisfiedRate'], compare: 'previous' },
  { indicators: ['received', 'closed'], dimensions: ['day'] },
  { indicators: ['complaints'], dimensions: ['category'], limit: 10, compare: 'previous' },
  { indicators: ['dispatches'], dimensions: ['unit'], limit: 12 },
  { indicators: ['satisfiedRate', 'callbacks'], dimensions: ['unit'], limit: 12 },
  { indicators: ['received'], dimensions: ['hour'] },
  { indicators: ['received'], dimensions: ['channel', 'appealType'] },
  { indicators: ['received', 'closed', 'onTimeClosingRate', 'handleTime', 'solvedRate', 'satisfiedRate'], dimensions: ['county'], compare: 'previous' },
  { indicators: ['received'], dimensions: ['street'], limit: 15 },
  { indicators: ['received', 'redoRate', 'satisfiedRate'], dimensions: ['matter'], limit: 20 },
  { indicators: ['responseRate', 'solvedRate', 'satisfiedRate'], dimensions: ['day'] },
  { indicators: ['open', 'overdueOpen'], dimensions: ['unit'], limit: 20 },
]
const table = ['dispatches', 'signed', 'signOnTimeRate', 'handlingDue', 'handlingOnTime', 'onTimeClosingRate', 'open', 'overdueOpen', 'returnedOrders', 'callbacks', 'solvedRate', 'satisfiedRate']
const DAY = 86_400_000
const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10) // a bench asks for the machine's own days

export async function benchBoards(which: 'boards' | 'tables' | 'history'): Promise<void> {
  const product = await startProduct(factsData)
  try {
    const leader = (await people(product.staff)).find((p) => p.role === 'tenantAdmin') ?? (await people(product.staff))[0]
    if (!leader) throw new Error('no person in the demo')
    const session = await signIn(product.staff, leader)
    const kept = (await ask(session, { indicators: ['received'] }, date(Date.now() - 3 * 365 * DAY), date(Date.now()))).body
    const base = `${kept.total?.received} orders of three years, asked by one leader of the whole city; product freshly started`
    await runs[which](session, base)
  } finally {
    await product.stop()
  }
}

const ask = async (session: Session, question: Ask, from: string, to: string): Promise<Answer> => {
  const answer = await session.call('POST', '/api/data/figures', { ...question, from, to })
  if (answer.status !== 200) throw new Error(`${JSON.stringify(question)}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer
}
const timed = async (fn: () => Promise<unknown>): Promise<number> => { const began = performance.now(); await fn(); return performance.now() - began }
/** As a browser does: all panels at once. */
const board = (session: Session, from: string, to: string): Promise<number> => timed(() => Promise.all(panels.map((p) => ask(session, p, from, to))))

const runs = {
  async boards(session: Session, base: string): Promise<void> {
    const cold: number[] = []
    const warm: number[] = []
    for (let i = 0; i < 20; i++) {
      // Every run another month, so that nothing asked before answers it.
      const to = Date.now() - i * 37 * DAY
      const [from, end] = [date(to - 29 * DAY), date(to)]
      cold.push(await board(session, from, end))
      warm.push(await board(session, from, end), await board(session, from, end))
    }
    const year = await board(session, date(Date.now() - 364 * DAY), date(Date.now()))
    const month = date(Date.now()).slice(0, 7)
    const each = await Promise.all(panels.map(async (p) => [p, (await ask(session, p, `${month}-01`, date(Date.now()))).ms] as const))
    writeResult('boards-5m', {
      command: 'npm run bench -- boards-5m', base,
      metrics: { 'board of 12 panels over 30 days, cold, p95': most(percentile(cold, 95), 'ms', 1500), 'cold, median': figure(percentile(cold, 50), 'ms'), 'warm, p95': most(percentile(warm, 95), 'ms', 300), 'warm, median': figure(percentile(warm, 50), 'ms'), 'the same board over a year': figure(year, 'ms') },
      notes: ['all panels asked at once', ...each.map(([p, ms]) => `${p.indicators.join('+')} by ${(p.dimensions ?? ['total']).join('×')}: ${Math.round(ms)} ms among the others`)],
    })
  },
  async tables(session: Session, base: string): Promise<void> {
    const times: number[] = []
    let rows = 0
    for (let i = 0; i < 12; i++) {
      const to = Date.now() - i * 61 * DAY
      const answer = await ask(session, { indicators: table, dimensions: ['unit'], limit: 2000 }, `${date(to).slice(0, 7)}-01`, date(to))
      times.push(answer.ms)
      rows = Math.max(rows, answer.body.rows.length)
    }
    writeResult('tables-5m', { command: 'npm run bench -- tables-5m', base, metrics: { 'month table, 12 indicators by unit, p95': most(percentile(times, 95), 'ms', 1000), median: figure(percentile(times, 50), 'ms'), 'units in the table': figure(rows, 'units') }, notes: [table.join(', ')] })
  },
  async history(session: Session, base: string): Promise<void> {
    const [from, to] = [date(Date.now() - 3 * 365 * DAY), date(Date.now())]
    const questions: [string, Ask][] = [
      ['category by month', { indicators: ['received', 'closed', 'satisfiedRate'], dimensions: ['category', 'month'], limit: 2000 }],
      ['unit by month', { indicators: ['dispatches', 'onTimeClosingRate'], dimensions: ['unit', 'month'], limit: 2000 }],
      ['category by unit', { indicators: ['received'], dimensions: ['category', 'unit'], limit: 2000 }],
      ['county by month of one category set', { indicators: ['received', 'solvedRate'], dimensions: ['county', 'month'], where: [{ dimension: 'appealType', values: ['complaint'] }], limit: 2000 }],
      ['round by month', { indicators: ['closed'], dimensions: ['round', 'month'], limit: 2000 }],
    ]
    const metrics: Parameters<typeof writeResult>[1]['metrics'] = {}
    for (const [name, question] of questions) {
      const times = [(await ask(session, question, from, to)).ms, (await ask(session, question, from, to)).ms, (await ask(session, question, from, to)).ms]
      metrics[`three years, ${name}, worst of three`] = most(Math.max(...times), 'ms', 3000)
    }
    writeResult('history-5m', { command: 'npm run bench -- history-5m', base, metrics, notes: [] })
  },
}
