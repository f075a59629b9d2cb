// One lifecycle = register, dispatch, sign, report, review by the unit's leader, result review, callback, fetch; all over HTTP.
import { figure, least, most, percentile, writeResult, type Metric } from './result.ts'
import { people, signIn, startProduct, type Answer, type Session } from './product.ts'
import { benchData, openBase } from './volume.ts'

export type Team = { agent: Session; dispatcher: Session; handler: Session; leader: Session; reviewer: Session; callback: Session; unitId: string; areaCode: string }

export async function team(port: number): Promise<Team[]> {
  const all = await people(port)
  const city = all.find((p) => p.role === 'dispatcher')?.tenantName
  const inCity = all.filter((p) => p.tenantName === city)
  const { pool, stop } = await openBase()
  const staff = await pool.query<{ id: string; unit_id: string }>("select p.user_id as id, p.unit_id from platform_post p join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id where n.kind = 'handling'")
  const area = (await pool.query<{ area_code: string }>('select area_code from order_order where area_code is not null limit 1')).rows[0]
  await stop()
  const unitOf = new Map(staff.rows.map((r) => [r.id, r.unit_id]))
  const get = async (role: string, i: number): Promise<Session> => {
    const list = inCity.filter((p) => p.role === role)
    const person = list[i % list.length]
    if (!person) throw new Error(`nobody of role ${role}`)
    return signIn(port, person)
  }
  const leaders = inCity.filter((p) => p.role === 'unitLeader')
  const teams: Team[] = []
  for (const leader of leaders.slice(0, 10)) {
    const unitId = unitOf.get(leader.id)
    const handler = inCity.find((p) => p.role === 'handler' && unitOf.get(p.id) === unitId)
    if (!handler || !unitId || !area) continue
    const i = teams.length
    teams.push({ agent: await get('agent', i), dispatcher: await get('dispatcher', i), handler: await signIn(port, handler), leader: await signIn(port, leader), reviewer: await get('reviewer', i), callback: await get('callbackAgent', i), unitId, areaCode: area.area_code })
  }
  return teams
}

class Refused extends Error {}
const must = (step: string, answer: Answer): any => {
  if (answer.status !== 200) throw new Refused(`${step}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`)
  return answer.body
}

let serial = 0
const text = '小区东门路灯损坏三天，夜间出行不便，请尽快维修。'

/** Runs one lifecycle; throws when any step is refused. The callback task is made by an event: it is waited for, at most thirty seconds. */
export async function lifecycle(t: Team): Promise<void> {
  const n = (serial += 1)
  const order = must('register', await t.agent.call('POST', '/api/orders', { requester: { name: '测试人', phone: `1990${String(1_000_000 + (n % 900_000)).slice(0, 7)}` }, appealType: 'help', areaCode: t.areaCode, title: `路灯损坏 ${n}`, content: text, pass: true }))
  if (order.state === 'pendingReview') must('pass review', await t.reviewer.call('POST', `/api/orders/${order.id}/pass-review`, {}))
  const sent = must('dispatch', await t.dispatcher.call('POST', `/api/orders/${order.id}/dispatch`, { units: [{ unitId: t.unitId, role: 'lead' }], opinion: '请依法办理' }))
  const assignment = sent.assignments[0].id
  must('sign', await t.handler.call('POST', `/api/assignments/${assignment}/sign`, {}))
  const reported = must('report', await t.handler.call('POST', `/api/assignments/${assignment}/feedback`, { result: '已联系诉求人并更换路灯，现已恢复照明。', basis: '城市照明管理规定', contacted: 'yes', solved: 'yes', satisfied: 'yes' }))
  if (reported.state === 'pendingReport') must('leader review', await t.leader.call('POST', `/api/assignments/${assignment}/review`, { outcome: 'accept' }))
  const reviewed = must('result review', await t.reviewer.call('POST', `/api/orders/${order.id}/review-result`, { outcome: 'accept', missingReason: '无需附件' }))
  if (reviewed.state === 'pendingCallback') await callBack(t, order.number)
  const end = must('fetch', await t.reviewer.call('GET', `/api/orders/${order.id}`))
  const state = end.state ?? end.order?.state
  if (state !== 'archived' && state !== 'closed') throw new Refused(`the order ended as ${state}`)
}

async function callBack(t: Team, number: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const found = must('callback task', await t.callback.call('GET', `/api/callbacks?number=${number}`))
    const task = found.items[0]
    if (task) {
      must('callback', await t.callback.call('POST', `/api/callbacks/${task.id}/complete`, { contacted: 'yes', solved: 'yes', satisfied: 'yes', way: 'otherWay', wayNote: '短信确认' }))
      return
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(2000, 200 * 1.5 ** attempt)))
  }
  throw new Refused('no callback task within thirty seconds')
}

export async function benchLifecycle(seconds = 60): Promise<void> {
  const product = await startProduct(benchData)
  try {
    const teams = await team(product.staff)
    const times: number[] = []
    const errors: string[] = []
    let stop = false
    const worker = async (i: number): Promise<void> => {
      while (!stop) {
        const began = performance.now()
        try {
          await lifecycle(teams[i % teams.length] as Team)
          times.push(performance.now() - began)
        } catch (error) {
          errors.push(String(error))
          if (errors.length > 500) stop = true
        }
      }
    }
    await Promise.all([0, 1, 2].map((i) => lifecycle(teams[i % teams.length] as Team)))
    const began = performance.now()
    const cpu = product.cpu()
    const timer = setTimeout(() => (stop = true), seconds * 1000)
    await Promise.all(Array.from({ length: 16 }, (_, i) => worker(i)))
    clearTimeout(timer)
    const elapsed = (performance.now() - began) / 1000
    const spent = product.cpu()
    const metrics: Record<string, Metric> = {
      'lifecycles a second': least(times.length / elapsed, '1/s', 40),
      'lifecycle p50': figure(percentile(times, 50), 'ms'),
      'lifecycle p95': figure(percentile(times, 95), 'ms'),
      'lifecycle p99': figure(percentile(times, 99), 'ms'),
      'server CPU a lifecycle': figure((spent.server - cpu.server) / times.length, 'ms'),
      'database CPU a lifecycle': figure((spent.database - cpu.database) / times.length, 'ms'),
      errors: most(errors.length, 'lifecycles', 0),
      'server resident memory': figure(product.memoryMb(), 'MB'),
    }
    writeResult('lifecycle-1m', { command: `npm run bench -- lifecycle ${seconds}`, base: await baseLine(), metrics, notes: ['16 concurrent lifecycles of nine requests each (register, dispatch, sign, report, leader review, result review, find callback, call back, fetch), no think time', ...errors.slice(0, 3)] })
  } finally {
    await product.stop()
  }
}

async function baseLine(): Promise<string> {
  const { pool, stop } = await openBase()
  const row = (await pool.query<{ n: number }>('select count(*)::int as n from order_order')).rows[0]
  await stop()
  return `${row?.n} orders`
}

/** The spike: so many lifecycles started each second, whatever the answers; 20 s a step. */
export async function benchSpike(): Promise<void> {
  const product = await startProduct(benchData)
  try {
    const teams = await team(product.staff)
    await lifecycle(teams[0] as Team)
    const steps = [1, 15, 1, 25, 2, 35, 10]
    const runs: { startedAt: number; ms: number; ok: boolean; error?: string }[] = []
    const open: Promise<void>[] = []
    const began = performance.now()
    const start = (): void => {
      const startedAt = performance.now() - began
      const t = teams[runs.length % teams.length] as Team
      open.push(
        lifecycle(t).then(
          () => void runs.push({ startedAt, ms: performance.now() - began - startedAt, ok: true }),
          (error: unknown) => void runs.push({ startedAt, ms: performance.now() - began - startedAt, ok: false, error: String(error) }),
        ),
      )
    }
    for (const rate of steps) {
      const until = performance.now() + 20_000
      while (performance.now() < until) {
        start()
        await new Promise((resolve) => setTimeout(resolve, 1000 / rate))
      }
    }
    // Afterwards one a second for 40 s shows how soon answers are quick again.
    const lastStep = performance.now() - began
    for (let i = 0; i < 40; i++) {
      start()
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
    await Promise.all(open)
    const failed = runs.filter((r) => !r.ok)
    const after = runs.filter((r) => r.startedAt > lastStep + 20_000)
    const metrics: Record<string, Metric> = {
      'share of errors': most((failed.length / runs.length) * 100, '%', 0.1),
      'p95 from 20 s after the last step': most(percentile(after.map((r) => r.ms), 95), 'ms', 1000),
      'p95 over the whole spike': figure(percentile(runs.map((r) => r.ms), 95), 'ms'),
      lifecycles: figure(runs.length, ''),
    }
    writeResult('spike-1m', { command: 'npm run bench -- spike', base: await baseLine(), metrics, notes: [`steps ${steps.join('→')} lifecycles a second, 20 s each; times are of whole lifecycles of nine requests`, ...failed.slice(0, 3).map((f) => f.error ?? '')] })
  } finally {
    await product.stop()
  }
}
