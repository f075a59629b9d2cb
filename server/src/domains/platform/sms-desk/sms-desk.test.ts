// The SMS desk over HTTP (PLA-26), and sheets as cells for imports.
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'

let app: TestApp
let admin: Client
let leader: Client
beforeAll(async () => {
  app = await testApp()
  ;[admin, leader] = await Promise.all([app.as('tenantAdmin'), app.as('shiftLeader')])
})
afterAll(() => app.stop())

const who = async (login: string): Promise<string> => (await app.actor(login)).id ?? ''

test('占位符没填、号码不对的短信一条也不发，写明是哪一个', async () => {
  const made = await admin.post('/api/sms-desk/templates', { name: '会议通知', class: '内部', text: '{姓名}您好，{时间}召开班前会。' })
  expect(made.body.state).toBe('approved')
  const order = { userIds: [await who('agent')], numbers: ['12'], templateId: made.body.id, params: { 时间: '8:30', 地点: '三楼' } }
  const checked = (await leader.post('/api/sms-desk/check', order)).body
  expect(checked.bad).toEqual([{ to: '{姓名}', message: '占位符没有填写' }, { to: '{地点}', message: '模板中没有这个占位符' }, { to: '12', message: '号码不正确' }])
  expect((await leader.post('/api/sms-desk/send', order)).body.code).toBe('platform.smsNotReady')
  expect((await admin.get('/api/sms-desk/sends')).body.items).toEqual([])
})

test('记录写明谁发了什么、给谁、结果如何；同一号码只发一次', async () => {
  const { id } = (await admin.get('/api/sms-desk/templates')).body.items[0]
  const sent = await leader.post('/api/sms-desk/send', { userIds: [await who('agent')], numbers: ['19900001000', '13800002222'], templateId: id, params: { 姓名: '各位', 时间: '8:30' } })
  expect(sent.body.sent).toBe(2)
  const { items } = (await leader.get('/api/sms-desk/sends')).body
  expect(items).toHaveLength(2)
  expect(items.find((row: { toName: string | null }) => row.toName === '测试agent')).toMatchObject({ by: '测试shiftLeader', text: '【12345】各位您好，8:30召开班前会。', templateName: '会议通知', phone: '199****1000' })
  expect((await leader.get('/api/sms-desk/sends?query=测试agent')).body.count.value).toBe(1)
  expect((await (await app.as('otherAdmin')).get('/api/sms-desk/sends')).body.items).toEqual([])
  expect((await (await app.as('agent')).post('/api/sms-desk/send', { numbers: ['13800002222'], text: '您好' })).status).toBe(403)
  expect((await leader.post('/api/sms-desk/send', { userIds: [await who('otherAdmin')], text: '您好' })).body.code).toBe('platform.smsNotReady')
})

test('含敏感词不发；模板须审批时，他人同意后才能用，提交人不能自批', async () => {
  await admin.put('/api/words', { kind: 'sensitive', word: '转账' })
  expect((await leader.post('/api/sms-desk/send', { numbers: ['13800002222'], text: '请尽快转 账' })).body).toMatchObject({ code: 'platform.smsSensitive', status: 422 })
  await admin.put('/api/admin/settings/sms.template.approval', { value: true, version: 0 })
  const made = await (await app.as('businessAdmin')).post('/api/sms-desk/templates', { name: '停水通知', text: '{区域}停水。' })
  expect(made.body.state).toBe('pending')
  expect((await leader.post('/api/sms-desk/send', { numbers: ['13800002222'], templateId: made.body.id, params: { 区域: '湾头' } })).body.code).toBe('platform.smsTemplateUnusable')
  expect((await (await app.as('businessAdmin')).post(`/api/sms-desk/templates/${made.body.id}/decide`, { version: 1, approve: true })).status).toBe(403)
  expect((await admin.post(`/api/sms-desk/templates/${made.body.id}/decide`, { version: 1, approve: false })).status).toBe(422)
  expect((await admin.post(`/api/sms-desk/templates/${made.body.id}/decide`, { version: 1, approve: true })).status).toBe(200)
  expect((await leader.post('/api/sms-desk/send', { numbers: ['13800002222'], templateId: made.body.id, params: { 区域: '湾头' } })).body.sent).toBe(1)
  const own = await admin.post('/api/sms-desk/templates', { name: '自批', text: '甲' })
  expect((await admin.post(`/api/sms-desk/templates/${own.body.id}/decide`, { version: 1, approve: true })).body.code).toBe('platform.smsOwnTemplate')
})

test('收藏只属于本人', async () => {
  const made = await leader.post('/api/sms-desk/favourites', { title: '常用', text: '请尽快回电。' })
  expect((await leader.get('/api/sms-desk/favourites')).body.items).toMatchObject([{ title: '常用', text: '请尽快回电。' }])
  expect((await admin.get('/api/sms-desk/favourites')).body.items).toEqual([])
  expect((await admin.delete(`/api/sms-desk/favourites/${made.body.id}`)).status).toBe(404)
})

test('Excel 表格读成单元格，假表格被拒绝', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('用户')
  sheet.addRow(['登录名', '姓名'])
  sheet.addRow(['xlsx-1', '表格甲'])
  const content = Buffer.from(await book.xlsx.writeBuffer()).toString('base64')
  expect((await admin.post('/api/sheets/read', { name: '用户.xlsx', content })).body).toEqual({ columns: ['登录名', '姓名'], rows: [['xlsx-1', '表格甲']], more: false })
  expect((await admin.post('/api/sheets/read', { name: '用户.xlsx', content: Buffer.from('not a sheet').toString('base64') })).body.code).toBe('platform.unreadableSheet')
  expect((await admin.post('/api/sheets/read', { name: '用户.exe', content })).status).toBe(422)
})

test('上级定为统一开户时，下级自己不能开户，上级可以', async () => {
  const county = await app.as('countyAdmin')
  const tenant = (await app.actor('countyAdmin')).tenantId
  const unit = (await app.actor('countyAdmin')).unitIds[0]
  const body = (login: string) => ({ login, name: '新人', staffNo: login, posts: [{ unitId: unit, main: true }] })
  expect((await county.post('/api/admin/users', body('open-1'))).status).toBe(200)
  await admin.put('/api/admin/settings/account.opening', { value: 'upper', version: 0 })
  expect((await county.put('/api/admin/settings/account.opening', { value: 'delegated', version: 0 })).status).toBe(200)
  expect((await county.post('/api/admin/users', body('open-2'))).body.code).toBe('platform.openedAbove')
  expect((await county.post('/api/admin/users/import', { rows: [{ login: 'open-3', name: '新', staffNo: '3', unitCode: 'C-CENTRE' }] })).status).toBe(403)
  expect((await admin.post('/api/admin/users', { ...body('open-4'), tenantId: tenant })).status).toBe(200)
})
