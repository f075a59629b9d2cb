// Joint review through the API (QUA-09).
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../../kernel/runtime.ts'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR, plus, toIso } from '../../../kernel/time/index.ts'

let app: TestApp
let who: Record<'shiftLeader' | 'inspector' | 'leader' | 'supervisor' | 'agent', Client>
let ids: Record<keyof typeof who, string>
let tenant: string

beforeAll(async () => {
  app = await testApp()
  const logins = ['shiftLeader', 'inspector', 'leader', 'supervisor', 'agent'] as const
  who = Object.fromEntries(await Promise.all(logins.map(async (login) => [login, await app.as(login)]))) as typeof who
  ids = Object.fromEntries(await Promise.all(logins.map(async (login) => [login, (await app.actor(login)).id]))) as typeof ids
  tenant = (await app.actor('agent')).tenantId
})
afterAll(() => app.stop())

/** A call of the agent that a person has inspected with the given points off. */
async function concluded(): Promise<string> {
  const id = newId()
  const at = toIso(plus(app.clock.now(), -HOUR))
  await app.command(async (ctx) => {
    await sql`insert into telephony_call (tenant_id, id, started_at, direction, state, phone_mask, queue_name, agent_id, agent_name, agent_ids, answered_at, ended_at, talk_ms) values (${tenant}, ${id}, ${at}::timestamptz, 'inbound', 'ended', '138****0001', '综合受理', ${ids.agent}, '座席', array[${ids.agent}]::uuid[], ${at}::timestamptz, ${at}::timestamptz + interval '2 minutes', 120000)`.execute(ctx.acrossTenants('test data'))
  })
  const plan = await who.shiftLeader.post('/api/quality/plans', { id: null, name: '联合评审', kind: 'call', mode: 'personOnly', filter: { days: 1 }, draw: { by: 'ratio', value: 100, perAgent: false }, sheetId: '5a000000-0000-4000-8000-000000000001', verifyRatio: 0, inspectorIds: [ids.inspector] })
  expect((await who.shiftLeader.post(`/api/quality/plans/${plan.body.id}/run`, {})).status).toBe(200)
  const task = (await who.shiftLeader.get(`/api/quality/tasks?planId=${plan.body.id}&limit=50`)).body.items.find((one: { objectId: string }) => one.objectId === id)
  const { body } = await who.inspector.get(`/api/quality/tasks/${task.id}`)
  const items = body.sheet.definition.groups.flatMap((g: { items: { code: string }[] }) => g.items.map((i) => i.code))
  expect((await who.inspector.post(`/api/quality/tasks/${task.id}/submit`, { scored: items })).status).toBe(200)
  return task.id
}
const pointsOf = async (task: string) => (await who.shiftLeader.get(`/api/quality/tasks/${task}`)).body.task.points
const open = (task: string, more: object = {}) => who.shiftLeader.post(`/api/quality/tasks/${task}/joint`, { points: 85, reason: '服务用语一项有争议', leaderId: ids.supervisor, expertIds: [ids.inspector, ids.leader], ...more })

it('缺一人确认，得分不变；全部确认才生效，轨迹写明联合评审', async () => {
  const task = await concluded()
  const joint = (await open(task)).body
  expect(joint).toMatchObject({ state: 'open', points: 85, oldPoints: 100, confirmed: 0, members: [{ role: 'leader', voiceName: '待表态' }, { role: 'expert' }, { role: 'expert' }] })
  const voice = (login: keyof typeof who, body: object = {}) => who[login].post(`/api/quality/joints/${joint.id}/voice`, { voice: 'confirm', round: 1, ...body })
  expect((await voice('supervisor')).status).toBe(200)
  expect((await voice('inspector')).body).toMatchObject({ state: 'open', confirmed: 2 })
  expect(await pointsOf(task)).toBe(100)
  expect((await voice('leader')).body).toMatchObject({ state: 'agreed', confirmed: 3 })
  expect(await pointsOf(task)).toBe(85)
  const { body } = await who.shiftLeader.get(`/api/quality/tasks/${task}`)
  expect(body.changes.at(-1)).toMatchObject({ whatName: '联合评审', oldPoints: 100, newPoints: 85, reason: '服务用语一项有争议' })
  expect((await voice('leader')).status).toBe(409)
})

it('不同意须写理由；改了意见重新逐人表态，按旧意见表态的被告知；评审期间不能更正、不能申诉、不能再发起', async () => {
  const task = await concluded()
  const joint = (await open(task)).body
  const path = `/api/quality/joints/${joint.id}`
  expect((await who.leader.post(`${path}/voice`, { voice: 'object', round: 1 })).status).toBe(422)
  expect((await who.supervisor.post(`${path}/voice`, { voice: 'confirm', round: 1 })).status).toBe(200)
  expect((await who.leader.post(`${path}/voice`, { voice: 'object', opinion: '录音里已说明', round: 1 })).status).toBe(200)
  expect((await open(task)).body.code).toBe('quality.jointRuns')
  const { version } = (await who.shiftLeader.get(`/api/quality/tasks/${task}`)).body.task
  expect((await who.shiftLeader.post(`/api/quality/tasks/${task}/correct`, { points: 90, reason: '更正', version })).body.code).toBe('quality.jointRuns')
  expect((await who.agent.post(`/api/quality/tasks/${task}/appeal`, { reason: '不认可这个结果', excerpt: [] })).body.code).toBe('quality.jointRuns')
  expect((await who.inspector.post(`${path}/proposal`, { points: 95, reason: '轻微', round: 1 })).status).toBe(403)
  expect((await who.shiftLeader.post(`${path}/proposal`, { points: 1000, reason: '轻微', round: 1 })).status).toBe(422)
  expect((await who.shiftLeader.post(`${path}/proposal`, { points: 95, reason: '轻微', round: 1 })).body).toMatchObject({ round: 2, points: 95, confirmed: 0 })
  expect((await who.leader.post(`${path}/voice`, { voice: 'confirm', round: 1 })).body.code).toBe('quality.changed')
  expect((await who.inspector.get('/api/quality/joints?mine=true')).body.items.map((one: { id: string }) => one.id)).toContain(joint.id)
  expect((await who.supervisor.post(`${path}/end`, { reason: '改走申诉' })).body).toMatchObject({ state: 'ended', endReason: '改走申诉' })
  expect(await pointsOf(task)).toBe(100)
  expect((await who.agent.post(`/api/quality/tasks/${task}/appeal`, { reason: '不认可这个结果', excerpt: [] })).status).toBe(200)
  expect((await open(task)).body.code).toBe('quality.appealRuns')
})

it('被检人不能发起、参加，也读不到评审；无关人员不能表态；没有专家的不成立', async () => {
  const task = await concluded()
  expect((await open(task, { expertIds: [ids.agent] })).body.code).toBe('quality.jointPeople')
  expect((await open(task, { expertIds: [ids.supervisor] })).body.code).toBe('quality.jointPeople')
  expect((await open(task, { expertIds: [] })).status).toBe(422)
  expect((await who.agent.post(`/api/quality/tasks/${task}/joint`, { points: 100, reason: '本人', leaderId: ids.supervisor, expertIds: [ids.leader] })).status).toBe(403)
  const joint = (await open(task)).body
  expect((await who.shiftLeader.post(`/api/quality/joints/${joint.id}/voice`, { voice: 'confirm', round: 1 })).status).toBe(403)
  expect((await who.agent.get(`/api/quality/joints?taskId=${task}`)).status).toBe(403)
  expect((await (await app.as('otherReviewer')).post(`/api/quality/joints/${joint.id}/voice`, { voice: 'confirm', round: 1 })).status).toBeGreaterThanOrEqual(403)
})
