// Lists, counts, pages and searches at volume: 25 users at once, each asking again and again for a bounded number of rounds.
import { setTimeout } from 'node:timers/promises'
import { figure, most, percentile, writeResult, type Metric } from './result.ts'
import { people, signIn, startProduct, type Session } from './product.ts'
import { benchData, openBase } from './volume.ts'

const USERS = 25
/** A person thinks one to three seconds between two requests. */
const THINK_MIN = 1000
const THINK_SPREAD = 2000
const ROUNDS_OF_USERS = 5
const ROUNDS = 12

export async function benchLists(): Promise<void> {
  const product = await startProduct(benchData)
  try {
    const { pool, stop } = await openBase()
    const base = (await pool.query<{ orders: number; entries: number }>('select (select count(*)::int from order_order) as orders, (select count(*)::int from order_timeline) as entries')).rows[0]
    const samples = (await pool.query<{ id: string; number: string; title: string; last4: string | null }>("select id, number, title, contact_phone_mask as last4 from order_order where number like '%' order by random() limit 400")).rows
    await stop()
    const all = await people(product.staff)
    const of = (role: string, n: number): Promise<Session[]> => Promise.all(all.filter((p) => p.role === role).slice(0, n).map((p) => signIn(product.staff, p)))
    const centre = [...(await of('reviewer', 2)), ...(await of('dispatcher', 2))]
    const units = await of('handler', 12)
    const users: Session[] = Array.from({ length: USERS }, (_, i) => (i % 2 === 0 ? centre[i % centre.length] : units[i % units.length]) as Session)
    let times = new Map<string, number[]>()
    let errors = 0
    let pauses = true
    const ask = async (name: string, user: Session, path: string): Promise<any> => {
      if (pauses) await setTimeout(THINK_MIN + Math.random() * THINK_SPREAD)
      const answer = await user.call('GET', path)
      if (answer.status !== 200 && answer.status !== 404) errors += 1
      times.set(name, [...(times.get(name) ?? []), answer.ms])
      return answer.body
    }
    const sample = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T

    // The 50th page is reached as a user reaches it, once per person, before the measured rounds.
    const page50 = new Map<Session, string>()
    for (const user of new Set(users)) {
      let path = '/api/orders?sort=registeredAt&limit=50'
      for (let page = 1; page < 50; page++) {
        const { next } = (await user.call('GET', path)).body
        if (!next) break
        path = `/api/orders?sort=registeredAt&limit=50&cursor=${encodeURIComponent(next)}`
      }
      page50.set(user, path)
    }
    const walk = (rounds: number): Promise<unknown> => Promise.all(
      users.map(async (user, i) => {
        const isUnit = i % 2 === 1
        for (let round = 0; round < rounds; round++) {
          const s = sample(samples)
          await ask('order list, first page', user, '/api/orders?sort=registeredAt&limit=50')
          await ask('order list, nearest clock', user, '/api/orders?state=inProgress,pendingResultReview&limit=50')
          await ask('order list, 50th page', user, page50.get(user) ?? '')
          await ask('to-do counts', user, isUnit ? '/api/unit/board' : '/api/orders/counts')
          await ask('home', user, '/api/home')
          await ask('order page', centre[i % centre.length] as Session, `/api/orders/${s.id}`)
          await ask('timeline', centre[i % centre.length] as Session, `/api/orders/${s.id}/timeline`)
          await ask('search by number', user, `/api/orders?number=${s.number}`)
          await ask('search by last four of a telephone', user, `/api/orders?phone=${(s.last4 ?? '****0000').slice(-4)}`)
          await ask('search by title words', user, `/api/orders?text=${encodeURIComponent(s.title.replace(/ B\w+$/, '').slice(0, 12))}`)
        }
      }),
    )
    const metrics: Record<string, Metric> = {}
    for (const [way, rounds] of [['', ROUNDS_OF_USERS], [', no pause', ROUNDS]] as const) {
      pauses = way === ''
      times = new Map()
      await walk(rounds)
      for (const [name, list] of times) {
        metrics[`${name}${way}: p95`] = most(percentile(list, 95), 'ms', 300)
        metrics[`${name}${way}: p50`] = figure(percentile(list, 50), 'ms')
      }
    }
    metrics['errors'] = most(errors, 'requests', 0)
    metrics['server resident memory'] = figure(product.memoryMb(), 'MB')
    writeResult('lists-1m', { command: 'npm run bench -- lists', base: `${base?.orders} orders, ${base?.entries} timeline entries`, metrics, notes: [`${USERS} users who pause 1 to 3 s before each request, ${ROUNDS_OF_USERS} rounds each; then the same ${USERS} without any pause, ${ROUNDS} rounds ("no pause"); half of them unit handlers, half centre staff`, 'bulk rows are made by copy; their history hashes are not sealed'] })
  } finally {
    await product.stop()
  }
}
