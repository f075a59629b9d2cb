import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'

let app: TestApp
let auditor: Client
beforeAll(async () => {
  app = await testApp()
  auditor = await app.as('auditor')
})
afterAll(() => app.stop())

const owner = async (text: string): Promise<void> => void (await app.app.database.owner.query(text))
const verify = async () => (await auditor.get('/api/admin/audit/verify')).body

/** Some acts to be sealed, in two links. */
async function work(): Promise<void> {
  const admin = await app.as('tenantAdmin')
  for (const value of [31, 32, 33]) await admin.put('/api/admin/settings/session.idle', { value, version: value - 31 })
  await app.runTimers()
  await admin.post('/api/admin/settings/session.idle/clear', { reason: '恢复' })
  await app.runTimers()
}

test('操作、关键数据、登录各类记录可按每个字段检索，可翻页', async () => {
  await work()
  const all = await auditor.get('/api/admin/audit?module=platform&limit=3')
  expect(all.body.items).toHaveLength(3)
  const next = await auditor.get(`/api/admin/audit?module=platform&limit=3&cursor=${all.body.next}`)
  expect(next.body.items.map((row: { id: string }) => row.id)).not.toContain(all.body.items[0].id)
  const key = await auditor.get('/api/admin/audit?kind=keyData&objectId=session.idle&act=changeSetting')
  expect(key.body.items[0]).toMatchObject({ actName: '设置参数', actorName: '测试tenantAdmin', role: '租户管理员', changes: { value: { old: 32, new: 33 } } })
  expect((await auditor.get('/api/admin/audit?actor=没有这个人')).body.items).toEqual([])
  expect((await auditor.get('/api/admin/audit?to=2020-01-01T00:00:00Z')).body.items).toEqual([])
})

test('应用账户不能改、不能删审计记录', async () => {
  await expect(app.app.database.app.query("update kernel_audit set text = 'x'")).rejects.toThrow(/permission denied/)
  await expect(app.app.database.app.query('delete from kernel_audit')).rejects.toThrow(/permission denied/)
})

test('导出为表格，导出本身也有记录', async () => {
  const answer = await auditor.get('/api/admin/audit/export?objectId=session.idle')
  expect(answer.headers['content-type']).toContain('text/csv')
  expect(String(answer.body)).toContain('设置参数')
  const records = await auditor.get('/api/admin/audit?act=exportAudit')
  expect(records.body.items).toHaveLength(1)
})

test('数据库里改动或删除一条记录，核验指出是哪一条', async () => {
  await app.runTimers()
  expect((await verify()).findings).toEqual([])
  const { rows } = await sql<{ id: string }>`select id from kernel_audit where act = 'changeSetting' order by at limit 2`.execute(app.app.runtime.db.withoutPlugins())
  const [changed, deleted] = [rows[0]?.id ?? '', rows[1]?.id ?? '']
  await owner(`update kernel_audit set actor_name = '别人' where id = '${changed}'`)
  await owner(`delete from kernel_audit where id = '${deleted}'`)
  const found = (await verify()).findings
  expect(found.map((finding: { kind: string; id: string }) => [finding.kind, finding.id]).toSorted()).toEqual([['changed', changed], ['missing', deleted]])
  expect(found[0].text).toContain('记录编号')
})

test('变更内容里键的先后不影响核验', async () => {
  await app.command(async (ctx) => ctx.audit({ module: 'platform', act: 'probe', changes: { zeta: { old: { b: 1, a: [2, undefined] }, new: null }, a: { old: undefined, new: 1.5 } } }))
  await app.runTimers()
  const { rows } = await sql<{ id: string }>`select id from kernel_audit where act = 'probe'`.execute(app.app.runtime.db.withoutPlugins())
  expect(rows).toHaveLength(1)
  expect((await verify()).findings.map((finding: { id: string }) => finding.id)).not.toContain(rows[0]?.id)
})
