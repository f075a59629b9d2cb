// Questions over the whole history that no sum answers: from files and, the same ones, from rows. Over the base of `volume`.
import { setTimeout as sleep } from 'node:timers/promises'
import { people, signIn, startProduct, type Session } from './product.ts'
import { figure, most, percentile, writeResult } from './result.ts'
import { benchData } from './volume.ts'

/** Two dimensions without a cut, bands, slots of the week, sums of measures: what leaders ask once a year. */
const questions = [
  { indicators: ['received', 'closed'], dimensions: ['category', 'channel'] }, { indicators: ['received'], dimensions: ['daysBand', 'appealType'] }, { indicators: ['received', 'complaints'], dimensions: ['weekday', 'timeSlot'] },
  { indicators: ['handleTime', 'closed'], dimensions: ['unit', 'urgency'] }, { indicators: ['returnRate', 'urges'], dimensions: ['street', 'month'] }, { indicators: ['received', 'withdrawals'], dimensions: ['closeKind', 'year'] },
]
const YEARS = 3
const DAY = 86_400_000
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10) // a bench asks for the machine's own days

const ask = async (session: Session, question: object) => {
  const answer = await session.call('POST', '/api/data/figures', { ...question, from: day(Date.now() - YEARS * 364 * DAY), to: day(Date.now()), limit: 2000 })
  if (answer.status !== 200) throw new Error(`${JSON.stringify(question)}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer
}

/** Each question `rounds` times, one after the other; the first round warms up and is not counted. */
async function times(session: Session, rounds = 5): Promise<{ ms: number[]; answers: string[] }> {
  const ms: number[] = []
  const answers: string[] = []
  for (let i = 0; i <= rounds; i++) for (const question of questions) {
    const answer = await ask(session, question)
    if (i === 0) answers.push(JSON.stringify([answer.body.rows, answer.body.total]))
    else ms.push(answer.ms)
  }
  return { ms, answers }
}

export async function benchHistory(): Promise<void> {
  const product = await startProduct(benchData)
  try {
    const leader = (await people(product.staff)).find((p) => p.role === 'tenantAdmin')
    if (!leader) throw new Error('no administrator in the demo')
    const session = await signIn(product.staff, leader)
    const put = async (value: number): Promise<void> => {
      const { version } = (await session.call('GET', '/api/admin/settings/data.history.from')).body
      const done = await session.call('PUT', '/api/admin/settings/data.history.from', { value, version })
      if (done.status !== 200) throw new Error(JSON.stringify(done.body))
    }
    await put(1000)
    const began = performance.now()
    let state = (await session.call('GET', '/api/data/sums')).body
    while ((state.history.months === 0 || state.history.written < state.history.months) && performance.now() - began < 600_000) {
      await sleep(3000)
      state = (await session.call('GET', '/api/data/sums')).body
    }
    const waited = (performance.now() - began) / 1000
    const files = await times(session)
    await put(0)
    const rows = await times(session)
    const same = files.answers.filter((text, i) => text === rows.answers[i]).length
    writeResult('history-1m', {
      command: 'npm run bench -- history', base: `${state.history.rows} orders in ${state.history.written} files of ${state.history.months} past months, asked by one leader over ${YEARS} years`,
      metrics: {
        'questions without sums from files, p95': most(percentile(files.ms, 95), 'ms', 1000), 'from files, median': figure(percentile(files.ms, 50), 'ms'), 'the same from rows, p95': figure(percentile(rows.ms, 95), 'ms'), 'from rows, median': figure(percentile(rows.ms, 50), 'ms'),
        'questions whose answers differ': most(questions.length - same, '', 0), 'wait until all files were there': figure(waited, 's'),
      },
      notes: questions.map((q) => `${q.indicators.join('+')} by ${q.dimensions.join('×')}`),
    })
  } finally {
    await product.stop()
  }
}
