import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { MINUTE } from '../../../kernel/time/index.ts'
import { smsJob } from '../messages/sms-job.ts'

let app: TestApp
let admin: Client
let tenant: string
beforeAll(async () => {
  app = await testApp()
  admin = await app.as('systemAdmin')
  tenant = (await app.actor('systemAdmin')).tenantId
})
afterAll(() => app.stop())

const publish = (aggregateId: string, payload: unknown) => app.command(async (ctx) => ctx.publish({ name: 'tenant.created', aggregateId, payload }))
const list = async () => (await admin.get('/api/failed-work')).body.items
/** Lets time pass until the automatic attempts are used up. */
async function wearOut(): Promise<void> {
  for (let at = 0; at < 15; at++) {
    app.clock.advance(11 * MINUTE)
    await app.drain()
  }
}

test('反复失败的事件被搁置并显示原因，其他对象照常处理；修好后重试，排在后面的随之处理', async () => {
  await publish('broken', {})
  await publish('broken', { tenantId: tenant })
  await publish('healthy', { tenantId: tenant })
  await app.drain()
  expect(await list()).toMatchObject([{ kind: 'event', state: 'retrying', name: 'tenant.created', consumer: 'platform.labels', objectId: 'broken', behind: 1 }])
  await wearOut()
  const [stuck] = await list()
  expect(stuck).toMatchObject({ state: 'setAside', nextAt: null, error: expect.stringContaining('tenantId') })
  const tries = stuck.attempts
  await wearOut()
  expect((await list())[0].attempts).toBe(tries)
  await app.app.database.owner.query(`update kernel_outbox set payload = '{"tenantId": "${tenant}"}' where aggregate_id = 'broken'`)
  expect((await admin.post(`/api/failed-work/${stuck.id}/retry`)).status).toBe(200)
  await app.drain()
  expect(await list()).toEqual([])
})

test('放弃要写明原因并记入审计，排在后面的事件继续', async () => {
  await publish('lost', {})
  await publish('lost', { tenantId: tenant })
  await app.drain()
  const [stuck] = await list()
  expect((await admin.post(`/api/failed-work/${stuck.id}/discard`, { reason: '' })).status).toBe(422)
  expect((await admin.post(`/api/failed-work/${stuck.id}/discard`, { reason: '数据有误，无需处理' })).status).toBe(200)
  await app.drain()
  expect(await list()).toEqual([])
  const { rows } = await app.query((ctx) => sql<{ text: string }>`select text from kernel_audit where tenant_id = ${tenant} and act = 'discardFailedWork' and text is not null`.execute(ctx.db()))
  expect(rows).toEqual([{ text: '数据有误，无需处理' }])
})

test('用完次数的任务可见、可重试、可放弃；没有权限或别的租户看不到也动不了', async () => {
  await app.command(async (ctx) => ctx.enqueue(smsJob, { tenantId: tenant, ids: ['01900000-0000-7000-8000-000000000009'] }))
  await app.app.database.owner.query(`update graphile_worker._private_jobs set attempts = max_attempts, last_error = '断线'`)
  const [job] = await list()
  expect(job).toMatchObject({ kind: 'job', state: 'setAside', name: 'platform.sendSms', error: '断线' })
  expect((await (await app.as('agent')).get('/api/failed-work')).status).toBe(403)
  const other = await app.as('otherAdmin')
  expect((await other.get('/api/failed-work')).body.items).toEqual([])
  expect((await other.post(`/api/failed-work/${job.id}/retry`)).status).toBe(404)
  expect((await admin.post(`/api/failed-work/${job.id}/retry`)).status).toBe(200)
  expect(await list()).toMatchObject([{ state: 'retrying', attempts: 0 }])
  expect((await admin.post(`/api/failed-work/${job.id}/discard`, { reason: '不再需要' })).status).toBe(200)
  expect(await list()).toEqual([])
  expect((await admin.post('/api/failed-work/job:x/retry')).status).toBe(404)
})
