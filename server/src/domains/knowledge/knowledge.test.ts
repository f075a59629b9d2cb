// The life of an item over HTTP on a real database: written, reviewed, published, found, quoted, taken down.
import { docOf } from './document.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type Answer, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { DAY, HOUR, MINUTE, plus, toIso } from '../../kernel/time/index.ts'
import { cite, citationsOf } from './index.ts'
import { publishTicket } from './items/publish.ts'

let app: TestApp
let admin: Client
let reviewer: Client
let shiftLeader: Client
let agent: Client
let handler: Client
let unitLeader: Client
let other: Client
let units: Record<string, string>
let dirs: { heat: string; city: string }
const plain = () => app.app.runtime.db.withoutPlugins()

const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
const doc = (text: string) => ({ type: 'doc', content: text.split('\n').map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })) })
const item = (over: Record<string, unknown> = {}) => ({ content: { typeCode: 'faq', directoryId: dirs.heat, ownerUnitId: units['T-CENTRE'], title: '室温不达标怎么退费', keywords: ['供热', '退费'], body: doc('连续两天低于十八度，可以向供热单位申请退费。\n需要身份证和测温记录。'), audience: 'staff', ...over } })

async function published(over: Record<string, unknown> = {}): Promise<{ id: string; ticketId: string }> {
  const made = await ok(reviewer.post('/api/knowledge/items', item(over)))
  await ok(reviewer.post(`/api/knowledge/tickets/${made.ticketId}/submit`, { version: 1 }))
  await approve(made.ticketId)
  return { id: made.itemId, ticketId: made.ticketId }
}
const versionOf = async (ticketId: string) => (await ok(admin.get(`/api/knowledge/tickets/${ticketId}`))).version
async function approve(ticketId: string): Promise<void> {
  await ok(shiftLeader.post(`/api/knowledge/tickets/${ticketId}/decide`, { outcome: 'approve', version: await versionOf(ticketId) }))
  await ok(admin.post(`/api/knowledge/tickets/${ticketId}/publish`, { version: await versionOf(ticketId) }))
}
const found = async (q: string, who: Client = agent, more = ''): Promise<any[]> => (await ok(who.get(`/api/knowledge/search?q=${encodeURIComponent(q)}${more}`))).items
const titles = async (q: string, who?: Client, more?: string) => (await found(q, who, more)).map((one) => one.title)

beforeAll(async () => {
  app = await testApp()
  ;[admin, reviewer, shiftLeader, agent, handler, unitLeader, other] = [await app.as('businessAdmin'), await app.as('reviewer'), await app.as('shiftLeader'), await app.as('agent'), await app.as('handler2'), await app.as('unitLeader2'), await app.as('otherAdmin')]
  units = Object.fromEntries((await sql<{ code: string; id: string }>`select code, id from platform_unit`.execute(plain())).rows.map((row) => [row.code, row.id]))
  const city = (await ok(admin.post('/api/knowledge/directories', { name: '城市管理', code: 'city' }))).id
  dirs = { city, heat: (await ok(admin.post('/api/knowledge/directories', { name: '供热', code: 'heat', parentId: city }))).id }
})
afterAll(() => app.stop())

describe('知识目录', () => {
  test('有内容的目录不能删除并说出件数，移动到自己的下级被拒绝，改名后路径立即变化', async () => {
    await published({ title: '目录里的知识' })
    expect(await admin.delete(`/api/knowledge/directories/${dirs.heat}`)).toMatchObject({ status: 409, body: { title: expect.stringContaining('1 项') } })
    const list = (await ok(admin.get('/api/knowledge/directories'))).items
    const city = list.find((one: { code: string }) => one.code === 'city')
    expect(await admin.patch(`/api/knowledge/directories/${city.id}`, { name: '城市管理', code: 'city', parentId: dirs.heat, version: city.version })).toMatchObject({ status: 400 })
    await ok(admin.patch(`/api/knowledge/directories/${city.id}`, { name: '城市运行', code: 'city', parentId: null, version: city.version }))
    expect((await found('目录里的知识'))[0].directoryPath).toEqual(['城市运行', '供热'])
    expect((await agent.post('/api/knowledge/directories', { name: '无权', code: 'none' })).status).toBe(403)
    expect((await admin.patch(`/api/knowledge/directories/${city.id}`, { name: '旧', code: 'city', parentId: null, version: city.version })).status).toBe(409)
  })

  test('整枝移动后，按新上级筛选仍能找到其中的知识', async () => {
    const top = (await ok(admin.post('/api/knowledge/directories', { name: '民生', code: 'people' }))).id
    const heat = (await ok(admin.get('/api/knowledge/directories'))).items.find((one: { id: string }) => one.id === dirs.heat)
    await ok(admin.patch(`/api/knowledge/directories/${dirs.heat}`, { name: '供热', code: 'heat', parentId: top, version: heat.version }))
    expect(await titles('目录里的知识', agent, `&directoryId=${top}`)).toEqual(['目录里的知识'])
    expect(await titles('目录里的知识', agent, `&directoryId=${dirs.city}`)).toEqual([])
  })
})

describe('正文里的图片', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
  const upload = async (who: Client, name = 'map.png', bytes = png) => (await ok(who.upload('/api/attachments?place=knowledgeImage', { name, type: 'image/png', content: bytes }))).id
  const drawn = (fileId: string) => ({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '路线如图' }] }, { type: 'image', attrs: { fileId, alt: '换热站位置' } }] })

  test('图片随正文发布，公众打得开，不重复列为附件，图片说明可检索；改版删掉后不再留在新版；地址和别人的文件放不进正文', async () => {
    const fileId = await upload(reviewer)
    const made = await ok(reviewer.post('/api/knowledge/items', { ...item({ title: '换热站在哪里', audience: 'public', body: drawn(fileId) }), addFileIds: [fileId] }))
    await ok(reviewer.put(`/api/knowledge/tickets/${made.ticketId}`, { ...item({ title: '换热站在哪里', audience: 'public', body: drawn(fileId) }), addFileIds: [fileId], version: 1 }))
    await ok(reviewer.post(`/api/knowledge/tickets/${made.ticketId}/submit`, { version: 2 }))
    await approve(made.ticketId)
    const read = await ok(agent.get(`/api/knowledge/items/${made.itemId}`))
    expect([read.files, read.content.body.content[1]]).toEqual([[], { type: 'image', attrs: { fileId, alt: '换热站位置' } }])
    expect((await app.nobody('public').get(`/api/public/attachments/${fileId}`)).status).toBe(200)
    expect(await titles('换热站位置')).toContain('换热站在哪里')
    const next = await ok(reviewer.post(`/api/knowledge/items/${made.itemId}/modify`, {}))
    await ok(reviewer.put(`/api/knowledge/tickets/${next.ticketId}`, { ...item({ title: '换热站在哪里', audience: 'public' }), version: 1 }))
    await ok(reviewer.post(`/api/knowledge/tickets/${next.ticketId}/submit`, { version: 2 }))
    await approve(next.ticketId)
    expect((await ok(agent.get(`/api/knowledge/items/${made.itemId}`))).files).toEqual([])
    // An address is no picture; a stranger's file is none of this item's.
    expect((await reviewer.post('/api/knowledge/items', item({ title: '外链', body: drawn('javascript:alert(1)') }))).status).toBe(422)
    const foreign = await upload(handler)
    expect((await reviewer.post('/api/knowledge/items', { ...item({ title: '别人的图', body: drawn(foreign) }), addFileIds: [foreign] })).status).toBe(422)
    const without = await ok(reviewer.post('/api/knowledge/items', item({ title: '没有上传的图', body: drawn(foreign) })))
    expect(await reviewer.post(`/api/knowledge/tickets/${without.ticketId}/submit`, { version: 1 })).toMatchObject({ status: 422, body: { fields: [{ path: 'content.body' }] } })
  })
})

describe('采编、审核和发布', () => {
  test('单位编写的知识经单位、中心两级审核；退回、改正、再提交是同一张工单，意见都在；自己不能审核自己的', async () => {
    const made = await ok(handler.post('/api/knowledge/items', item({ title: '供热投诉找谁', ownerUnitId: units['T-HEAT'] })))
    await ok(handler.post(`/api/knowledge/tickets/${made.ticketId}/submit`, { version: 1 }))
    expect((await ok(unitLeader.get('/api/knowledge/tickets?box=review'))).items.map((one: { title: string }) => one.title)).toContain('供热投诉找谁')
    expect((await ok(shiftLeader.get('/api/knowledge/tickets?box=review'))).items.map((one: { title: string }) => one.title)).not.toContain('供热投诉找谁')
    expect(await unitLeader.post(`/api/knowledge/tickets/${made.ticketId}/decide`, { outcome: 'return', version: await versionOf(made.ticketId) })).toMatchObject({ status: 422, body: { fields: [{ path: 'opinion' }] } })
    await ok(unitLeader.post(`/api/knowledge/tickets/${made.ticketId}/decide`, { outcome: 'return', opinion: '请写明电话', version: await versionOf(made.ticketId) }))
    const back = await ok(handler.get(`/api/knowledge/tickets/${made.ticketId}`))
    expect(back).toMatchObject({ state: 'returned', opinion: '请写明电话' })
    await ok(handler.put(`/api/knowledge/tickets/${made.ticketId}`, { ...item({ title: '供热投诉找谁', ownerUnitId: units['T-HEAT'], contact: '0990-5550002' }), version: back.version }))
    await ok(handler.post(`/api/knowledge/tickets/${made.ticketId}/submit`, { version: back.version + 1 }))
    await ok(unitLeader.post(`/api/knowledge/tickets/${made.ticketId}/decide`, { outcome: 'approve', opinion: '可以', version: await versionOf(made.ticketId) }))
    expect((await ok(shiftLeader.get('/api/knowledge/tickets?box=review'))).items.map((one: { title: string }) => one.title)).toContain('供热投诉找谁')
    await approve(made.ticketId)
    const done = await ok(admin.get(`/api/knowledge/tickets/${made.ticketId}`))
    expect(done.steps.map((one: { opinion: string | null }) => one.opinion).filter(Boolean)).toEqual(expect.arrayContaining(['请写明电话', '可以']))
    expect(done.state).toBe('done')

    const own = await ok(admin.post('/api/knowledge/items', item({ title: '自己写的' })))
    await ok(admin.post(`/api/knowledge/tickets/${own.ticketId}/submit`, { version: 1 }))
    expect(await admin.post(`/api/knowledge/tickets/${own.ticketId}/decide`, { outcome: 'approve', version: await versionOf(own.ticketId) })).toMatchObject({ status: 403, body: { code: 'knowledge.fourEyes' } })
  })

  test('必填字段缺失不能提交并指到字段；停用的类型不能再用，其旧知识多出的字段不丢', async () => {
    const made = await ok(reviewer.post('/api/knowledge/items', item({ title: '案例一', typeCode: 'case', fields: { appeal: '没水' } })))
    expect(await reviewer.post(`/api/knowledge/tickets/${made.ticketId}/submit`, { version: 1 })).toMatchObject({ status: 422, body: { code: 'knowledge.incomplete', fields: expect.arrayContaining([expect.objectContaining({ path: 'content.fields.result' })]) } })
    const type = (await ok(admin.get('/api/knowledge/types'))).items.find((one: { code: string }) => one.code === 'script')
    const old = await published({ title: '统一口径', typeCode: 'script', fields: { scene: '停水' } })
    await ok(admin.put('/api/knowledge/types/script', { ...type, code: undefined, enabled: false, fields: [{ key: 'tone', label: '语气', kind: 'text', required: false }] }))
    expect((await reviewer.post('/api/knowledge/items', item({ typeCode: 'script' }))).status).toBe(409)
    expect((await ok(admin.get(`/api/knowledge/items/${old.id}`))).fields).toEqual([{ key: 'scene', label: 'scene', kind: 'gone', value: '停水' }])
    expect((await agent.put('/api/knowledge/types/script', { ...type, code: undefined })).status).toBe(403)
  })

  test('定时发布到时在检索里出现；取消后什么都不发布', async () => {
    const due = toIso(plus(app.clock.now(), HOUR))
    const make = async (title: string) => {
      const made = await ok(reviewer.post('/api/knowledge/items', item({ title })))
      await ok(reviewer.post(`/api/knowledge/tickets/${made.ticketId}/submit`, { version: 1 }))
      await ok(shiftLeader.post(`/api/knowledge/tickets/${made.ticketId}/decide`, { outcome: 'approve', version: await versionOf(made.ticketId) }))
      expect((await admin.post(`/api/knowledge/tickets/${made.ticketId}/publish`, { publishAt: toIso(plus(app.clock.now(), -HOUR)), version: await versionOf(made.ticketId) })).status).toBe(422)
      await ok(admin.post(`/api/knowledge/tickets/${made.ticketId}/publish`, { publishAt: due, version: await versionOf(made.ticketId) }))
      return made
    }
    await make('除夕燃放规定')
    const gone = await make('被取消的规定')
    await ok(admin.post(`/api/knowledge/tickets/${gone.ticketId}/unschedule`))
    expect(await titles('除夕燃放规定')).toEqual([])
    app.clock.advance(HOUR + MINUTE)
    await app.runTimers()
    expect(await titles('除夕燃放规定')).toContain('除夕燃放规定')
    expect(await titles('被取消的规定')).not.toContain('被取消的规定')
  })

  test('KNO-35 宣传素材的正文和附件带个人信息的不能发布，也不能定时；图片须看过；到时发布，登记去向和浏览量', async () => {
    const approved = async (title: string, text: string, file?: { name: string; content: string }) => {
      const addFileIds = file ? [(await ok(reviewer.upload('/api/attachments?place=knowledge', { name: file.name, type: 'text/plain', content: Buffer.from(file.content) }))).id] : []
      const made = await ok(reviewer.post('/api/knowledge/items', { ...item({ title, typeCode: 'material', fields: { form: '视频脚本', channels: '微信公众号' }, body: docOf(text) }), addFileIds }))
      await ok(reviewer.post(`/api/knowledge/tickets/${made.ticketId}/submit`, { version: 1 }))
      await ok(shiftLeader.post(`/api/knowledge/tickets/${made.ticketId}/decide`, { outcome: 'approve', version: await versionOf(made.ticketId) }))
      return { ...made, publish: async (publishAt: string | null, more = {}) => admin.post(`/api/knowledge/tickets/${made.ticketId}/publish`, { publishAt, ...more, version: await versionOf(made.ticketId) }) }
    }
    const at = toIso(plus(app.clock.now(), HOUR))
    const told = await approved('热线一天', '家住 3 号楼 2 单元 502 室的居民（１９９０００３１２３４）打来电话。')
    for (const when of [null, at]) expect((await told.publish(when)).body).toMatchObject({ code: 'knowledge.personalData', title: '宣传素材中有个人信息（手机号、详细住址），请去掉后再发布' })
    const filed = await approved('热线一夜', '一位居民打来电话。', { name: '采访记录.txt', content: '受访人电话 13900003123' })
    for (const when of [null, at]) expect((await filed.publish(when, { looked: true })).body).toMatchObject({ code: 'knowledge.personalDataInFile', title: '附件“采访记录.txt”中有个人信息（手机号），请去掉后重新上传' })
    expect(await titles('热线')).toEqual([])
    // A file without any text is as unread as a picture.
    const empty = await approved('热线一月', '一位居民打来电话。', { name: '空白.txt', content: ' ' })
    expect((await empty.publish(at)).body).toMatchObject({ code: 'knowledge.unreadFiles' })
    // Read before the transaction: a file that came in between is not taken for read.
    const version = await versionOf(empty.ticketId)
    await expect(app.command(async (ctx) => publishTicket(ctx, { id: empty.ticketId, version, publishAt: null, looked: true }, { ids: new Set(), unread: [] }), 'businessAdmin')).rejects.toMatchObject({ code: 'kernel.conflict' })
    await ok(empty.publish(at, { looked: true }))
    const line = async () => (await ok(admin.get(`/api/knowledge/materials?q=${encodeURIComponent('热线一月')}`))).items[0]
    expect(await line()).toMatchObject({ state: 'scheduled', publishAt: at, form: '视频脚本', plannedChannels: '微信公众号', releases: 0 })
    const release = { channel: '微信公众号', address: 'https://mp.example.cn/1', releasedOn: at.slice(0, 10), views: 120 }
    expect((await admin.post(`/api/knowledge/items/${empty.itemId}/releases`, release)).status).toBe(409)
    app.clock.advance(2 * HOUR)
    await app.runTimers()
    expect(await line()).toMatchObject({ state: 'published', publishAt: null })
    expect((await agent.post(`/api/knowledge/items/${empty.itemId}/releases`, release)).status).toBe(403)
    expect((await admin.post(`/api/knowledge/items/${empty.itemId}/releases`, { ...release, address: 'javascript:alert(1)' })).status).toBe(422)
    expect((await admin.post(`/api/knowledge/items/${empty.itemId}/releases`, { ...release, releasedOn: '2099-01-01' })).status).toBe(422)
    const { id } = await ok(admin.post(`/api/knowledge/items/${empty.itemId}/releases`, release))
    await ok(admin.post(`/api/knowledge/releases/${id}/views`, { views: 300 }))
    expect(await line()).toMatchObject({ channels: ['微信公众号'], releases: 1, views: 300 })
    expect((await ok(admin.get(`/api/knowledge/materials?channel=${encodeURIComponent('电视台')}`))).items).toEqual([])
    expect((await other.delete(`/api/knowledge/releases/${id}`)).status).toBe(404)
    await ok(admin.delete(`/api/knowledge/releases/${id}`))
    expect((await ok(admin.get(`/api/knowledge/items/${empty.itemId}/releases`))).items).toEqual([])
  })

  test('有效期次日从检索消失，直接打开说明已失效并给出替代知识', async () => {
    const next = await published({ title: '新年公交时刻' })
    const today = toIso(plus(app.clock.now(), 8 * HOUR)).slice(0, 10)
    const old = await published({ title: '旧年公交时刻', validTo: today, successorId: next.id })
    expect(await titles('旧年公交时刻')).toContain('旧年公交时刻')
    app.clock.advance(DAY)
    expect(await titles('旧年公交时刻')).not.toContain('旧年公交时刻')
    expect(await ok(agent.get(`/api/knowledge/items/${old.id}`))).toMatchObject({ why: '已失效', content: null, successor: { title: '新年公交时刻' } })
    await app.runTimers()
    expect((await ok(admin.get(`/api/knowledge/items/${old.id}`))).state).toBe('expired')
  })

  test('发布后只能以新版本更正；旧版可比较、可恢复为新草稿；工单引用的那一版原文不变', async () => {
    const one = await published({ title: '落户材料', body: doc('需要户口簿。\n三个工作日办结。') })
    const order = '00000000-0000-4000-8000-00000000aaaa'
    const [quoted] = await app.command((ctx) => cite(ctx, { objectType: 'order', objectId: order, citations: [{ itemId: one.id, version: 1 }] }), 'agent')
    expect(quoted?.citation).toBe('落户材料')
    const change = await ok(reviewer.post(`/api/knowledge/items/${one.id}/modify`))
    expect((await reviewer.post(`/api/knowledge/items/${one.id}/modify`)).body.code).toBe('knowledge.ticketOpen')
    await ok(reviewer.put(`/api/knowledge/tickets/${change.ticketId}`, { ...item({ title: '落户材料', body: doc('需要身份证。\n三个工作日办结。') }), version: 1 }))
    const seen = await ok(reviewer.get(`/api/knowledge/tickets/${change.ticketId}`))
    expect(seen.lines).toEqual([{ mark: 'removed', text: '需要户口簿。' }, { mark: 'added', text: '需要身份证。' }, { mark: 'same', text: '三个工作日办结。' }])
    await ok(reviewer.post(`/api/knowledge/tickets/${change.ticketId}/submit`, { version: seen.version }))
    expect((await found('落户材料'))[0]).toMatchObject({ version: 1 })
    await approve(change.ticketId)
    expect((await found('落户材料'))[0]).toMatchObject({ version: 2 })
    await expect(app.command((ctx) => cite(ctx, { objectType: 'order', objectId: order, citations: [{ itemId: one.id, version: 1 }] }), 'agent')).rejects.toThrow(/第 2 版/)
    const old = await ok(agent.get(`/api/knowledge/items/${one.id}?version=1`))
    expect(JSON.stringify(old.content.body)).toContain('户口簿')
    expect((await ok(admin.get(`/api/knowledge/items/${one.id}/compare?from=1&to=2`))).lines.filter((line: { mark: string }) => line.mark !== 'same')).toHaveLength(2)
    const back = await ok(reviewer.post(`/api/knowledge/items/${one.id}/modify`, { fromVersion: 1 }))
    await ok(reviewer.post(`/api/knowledge/tickets/${back.ticketId}/submit`, { version: 1 }))
    await approve(back.ticketId)
    expect(JSON.stringify((await ok(agent.get(`/api/knowledge/items/${one.id}`))).content.body)).toContain('户口簿')
    expect((await ok(admin.get(`/api/knowledge/items/${one.id}/versions`))).trail.map((row: { act: string }) => row.act)).toEqual(expect.arrayContaining(['create', 'submit', 'approve', 'publish', 'rollback']))
  })
})

describe('下架', () => {
  test('下架须审核，恢复也须审核；下架后不能引用，旧引用仍可查看', async () => {
    const one = await published({ title: '临时停水安排', audience: 'public' })
    const order = '00000000-0000-4000-8000-00000000bbbb'
    await app.command((ctx) => cite(ctx, { objectType: 'order', objectId: order, citations: [{ itemId: one.id, version: 1 }] }), 'agent')
    expect(await ok(reviewer.post(`/api/knowledge/items/${one.id}/shelf`, { act: 'suspend', reason: '停水已结束' }))).toEqual({ state: 'inReview' })
    expect(await titles('临时停水安排')).toContain('临时停水安排')
    const ticket = (await ok(admin.get(`/api/knowledge/items/${one.id}`))).ticketId
    await ok(shiftLeader.post(`/api/knowledge/tickets/${ticket}/decide`, { outcome: 'approve', version: await versionOf(ticket) }))
    expect(await titles('临时停水安排')).not.toContain('临时停水安排')
    await expect(app.command((ctx) => cite(ctx, { objectType: 'order', objectId: order, citations: [{ itemId: one.id, version: 1 }] }), 'agent')).rejects.toThrow(/已下架/)
    expect(await app.query((ctx) => citationsOf(ctx, 'order', order), 'agent')).toMatchObject([{ title: '临时停水安排', version: 1, why: '已下架', public: true }])
    expect((await ok(agent.get(`/api/knowledge/items/${one.id}?version=1`))).content.title).toBe('临时停水安排')
    expect((await ok(agent.get(`/api/knowledge/items/${one.id}`))).content).toBeNull()
    expect(await ok(reviewer.post(`/api/knowledge/items/${one.id}/shelf`, { act: 'restore', reason: '再次停水' }))).toEqual({ state: 'inReview' })
    expect(await titles('临时停水安排')).not.toContain('临时停水安排')
    const again = (await ok(admin.get(`/api/knowledge/items/${one.id}`))).ticketId
    await ok(shiftLeader.post(`/api/knowledge/tickets/${again}/decide`, { outcome: 'approve', version: await versionOf(again) }))
    expect(await titles('临时停水安排')).toContain('临时停水安排')
    expect((await reviewer.post(`/api/knowledge/items/${one.id}/suspend-now`, { reason: '错了' })).status).toBe(403)
    expect(await ok(admin.post(`/api/knowledge/items/${one.id}/suspend-now`, { reason: '电话写错' }))).toEqual({ state: 'suspended' })
    expect(await titles('临时停水安排')).not.toContain('临时停水安排')
  })

  test('收藏的知识下架后仍在收藏夹并注明已下架', async () => {
    const one = await published({ title: '收藏这一条' })
    await ok(agent.put(`/api/knowledge/items/${one.id}/favourite`, { on: true, folder: '常用' }))
    await ok(admin.post(`/api/knowledge/items/${one.id}/suspend-now`, { reason: '过时' }))
    expect((await ok(agent.get('/api/knowledge/favourites'))).items).toMatchObject([{ title: '收藏这一条', folder: '常用', why: '已下架' }])
    expect(await ok(agent.put(`/api/knowledge/items/${one.id}/rating`, { useful: false }))).toEqual({ useful: 0, useless: 1 })
  })
})

describe('可见范围', () => {
  test('指定单位的知识其他单位搜不到也打不开；他单位的编辑不能改；别的租户一概不知', async () => {
    const one = await published({ title: '环卫内部调度口径', audience: 'units', audienceUnitIds: [units['T-URBAN']] })
    const street = await app.as('streetHandler')
    const urban = await app.as('sectionHandler')
    expect(await titles('环卫内部调度口径', urban)).toEqual(['环卫内部调度口径'])
    expect(await titles('环卫内部调度口径', street)).toEqual([])
    expect((await street.get(`/api/knowledge/items/${one.id}`)).status).toBe(404)
    expect((await ok(street.get('/api/knowledge/directories'))).items.every((dir: { items: number }) => dir.items >= 0)).toBe(true)
    expect((await urban.post(`/api/knowledge/items/${one.id}/modify`)).status).toBe(403)
    expect((await street.post(`/api/knowledge/items/${one.id}/modify`)).status).toBe(404)
    expect((await other.get(`/api/knowledge/items/${one.id}`)).status).toBe(404)
    expect(await titles('环卫内部调度口径', other)).toEqual([])
    expect((await other.get(`/api/knowledge/tickets/${one.ticketId}`)).status).toBe(404)
    expect((await handler.post('/api/knowledge/items', item({ ownerUnitId: units['T-URBAN'] }))).status).toBe(403)
    const centre = await published({ title: '中心内部排班口径', audience: 'centre' })
    expect((await street.get(`/api/knowledge/items/${centre.id}`)).status).toBe(404)
    expect((await titles('中心内部排班口径'))[0]).toBe('中心内部排班口径')
  })
})

describe('检索', () => {
  test('同义词、同音错字、拼音和漏字都能找到，并说出为什么；注入字符只是文字', async () => {
    await published({ title: '采暖费缴纳办法', keywords: ['采暖费'], body: doc('每年十月起缴纳。') })
    await ok(admin.post('/api/knowledge/synonyms', { words: ['采暖费', '暖气费'] }))
    expect((await found('暖气费 缴纳'))[0]).toMatchObject({ title: '采暖费缴纳办法', why: { by: 'all', synonyms: [{ typed: '暖气费', synonym: '采暖费' }] } })
    expect((await ok(admin.get('/api/knowledge/synonyms'))).items[0].uses).toBe(1)
    expect((await admin.post('/api/knowledge/synonyms', { words: ['暖气费', '取暖费'] })).status).toBe(409)
    expect((await found('彩暖费缴纳'))[0]).toMatchObject({ title: '采暖费缴纳办法', why: { by: 'sound' } })
    expect((await found('cainuanfei'))[0]).toMatchObject({ title: '采暖费缴纳办法' })
    expect((await found('供热单位怎么申请退费'))[0].why.words).toEqual(expect.arrayContaining(['供热', '退费']))
    for (const bad of ["' or 1=1 --", '!&|()', '<script>', '%_\\', "\\'; drop table knowledge_item; --"]) expect((await agent.get(`/api/knowledge/search?q=${encodeURIComponent(bad)}`)).status).toBe(200)
    expect(await found('完全没有的词汇量子纠缠')).toEqual([])
  })

  test('附件里的文字可以检索到，并说明在哪个附件', async () => {
    const made = await ok(reviewer.post('/api/knowledge/items', item({ title: '收费一览' })))
    const file = await ok(reviewer.upload('/api/attachments', { name: '收费表.csv', type: 'text/csv', content: Buffer.from('项目,金额\n窨井盖更换押金,80\n') }, { place: 'knowledge' }))
    await ok(reviewer.put(`/api/knowledge/tickets/${made.ticketId}`, { ...item({ title: '收费一览' }), addFileIds: [file.id], version: 1 }))
    await ok(reviewer.post(`/api/knowledge/tickets/${made.ticketId}/submit`, { version: 2 }))
    await approve(made.ticketId)
    expect(await titles('窨井盖更换押金')).toEqual([])
    const { indexFiles } = await import('./search/index-files.ts')
    const { runCommand } = await import('../../kernel/runtime.ts')
    const { systemActor } = await import('../../kernel/ctx.ts')
    const tenantId = (await app.actor('agent')).tenantId
    await indexFiles.run((fn) => runCommand(app.app.runtime, { actor: systemActor(tenantId), requestId: 'test' }, fn), { tenantId, itemId: made.itemId, number: 1 }, { attempt: 1, maxAttempts: 1 })
    expect((await found('窨井盖更换押金'))[0]).toMatchObject({ title: '收费一览', why: { part: 'file', fileName: '收费表.csv' } })
    expect((await agent.get(`/api/attachments/${file.id}`)).status).toBe(200)
  })

  test('分面计数只数看得见的，无结果的词进入统计', async () => {
    const answer = await ok(agent.get(`/api/knowledge/search?q=${encodeURIComponent('知识')}`))
    expect(answer.facets.types.reduce((sum: number, one: { count: number }) => sum + one.count, 0)).toBe(answer.count)
    await ok(agent.get(`/api/knowledge/search?q=${encodeURIComponent('外星人登陆')}&settled=true`))
    expect((await ok(admin.get('/api/knowledge/statistics'))).noHits).toMatchObject([{ words: '外星人登陆', n: 1 }])
  })
})

describe('批量维护', () => {
  test('批量确认、下架、改责任单位各守各的规则，失败的说明原因', async () => {
    const [a, b] = [await published({ title: '批量甲' }), await published({ title: '批量乙' })]
    expect((await ok(reviewer.post('/api/knowledge/items/bulk', { ids: [a.id, b.id], act: 'confirm' }))).results.every((one: { ok: boolean }) => one.ok)).toBe(true)
    expect((await reviewer.post('/api/knowledge/items/bulk', { ids: [a.id], act: 'suspend' })).status).toBe(422)
    await ok(reviewer.post('/api/knowledge/items/bulk', { ids: [a.id], act: 'suspend', reason: '合并' }))
    const { results } = await ok(reviewer.post('/api/knowledge/items/bulk', { ids: [a.id, b.id, '00000000-0000-4000-8000-00000000cccc'], act: 'owner', ownerUnitId: units['T-HEAT'] }))
    expect(results).toMatchObject([{ title: '批量甲', ok: false, message: expect.stringContaining('未完成的变更') }, { title: '批量乙', ok: true }, { ok: false }])
  })
})

describe('导入导出和回收站', () => {
  const row = (title: string, more: Record<string, string> = {}) => ({ 标题: title, 知识类型: '问答', 目录: '供热', 正文: '按章程办理。', ...more })

  test('十行里三行有误：建七份草稿，三行说明原因；超过行数上限拒收；带宏的表格拒收', async () => {
    const rows = [...Array.from({ length: 7 }, (_, at) => row(`导入第 ${at} 条`, { 责任单位: '测试市供热办', 关键词: '导入、测试', 问法: '怎么导入；如何导入' })), row('错一', { 知识类型: '没有的类型' }), row('错二', { 目录: '没有的目录' }), row('', {})]
    const looked = await ok(admin.post('/api/knowledge/import', { name: '知识.xlsx', rows, check: true }))
    expect(looked.added).toBe(7)
    const done = await ok(admin.post('/api/knowledge/import', { name: '知识.xlsx', rows }))
    expect(done).toMatchObject({ added: 7, failed: [{ row: 9, title: '错一', message: expect.stringContaining('没有的类型') }, { row: 10, message: expect.stringContaining('没有的目录') }, { row: 11, message: expect.stringContaining('请填写标题') }] })
    expect((await ok(admin.get('/api/knowledge/items?state=draft&limit=50'))).items.filter((one: { title: string }) => one.title.startsWith('导入第'))).toHaveLength(7)
    expect(await titles('导入第 0 条')).not.toContain('导入第 0 条')
    expect((await ok(admin.post('/api/knowledge/import', { name: '知识.csv', rows: [rows[0]] }))).failed[0].message).toContain('已有同名')
    expect(await admin.post('/api/knowledge/import', { name: '知识.xlsx', rows: Array.from({ length: 501 }, (_, at) => row(`多 ${at}`)) })).toMatchObject({ status: 422, body: { code: 'knowledge.tooManyRows' } })
    expect((await admin.post('/api/knowledge/import', { name: '知识.xlsm', rows: [row('宏')] })).status).toBe(422)
    expect((await handler.post('/api/knowledge/import', { name: '知识.csv', rows: [row('越权导入', { 责任单位: '测试热线中心' })] })).body.failed ?? []).toHaveLength(1)
    expect((await agent.post('/api/knowledge/import', { name: '知识.csv', rows: [row('无权')] })).status).toBe(403)
    expect((await ok(admin.get('/api/knowledge/import/columns?typeCode=case'))).columns.map((one: { label: string }) => one.label)).toEqual(expect.arrayContaining(['标题', '目录', '办理结果']))
  })

  test('回收站分下架和废止，写明原因、经办和原目录；废止满期彻底删除并留轨迹，被引用过的和法规留存', async () => {
    const [gone, quoted] = [await published({ title: '要废止的知识' }), await published({ title: '引用过又废止的知识' })]
    await app.command((ctx) => cite(ctx, { objectType: 'order', objectId: '00000000-0000-4000-8000-00000000dddd', citations: [{ itemId: quoted.id, version: 1 }] }), 'agent')
    for (const one of [gone, quoted]) {
      await ok(admin.post(`/api/knowledge/items/${one.id}/suspend-now`, { reason: '写错了' }))
      await ok(admin.post(`/api/knowledge/items/${one.id}/discard`, { reason: '重复' }))
    }
    const bin = (await ok(admin.get('/api/knowledge/bin?class=discarded'))).items
    expect(bin.find((one: { id: string }) => one.id === gone.id)).toMatchObject({ reason: '重复', directoryPath: expect.arrayContaining(['供热']), stays: false })
    expect(bin.find((one: { id: string }) => one.id === quoted.id)).toMatchObject({ stays: true, removedAt: null })
    expect((await ok(admin.get('/api/knowledge/bin?class=down'))).items.every((one: { state: string }) => one.state !== 'discarded')).toBe(true)
    expect((await agent.get('/api/knowledge/bin')).status).toBe(403)
    expect((await admin.post(`/api/knowledge/items/${gone.id}/shelf`, { act: 'restore', reason: '想恢复' })).status).toBe(409)
    const { purgeDiscarded } = await import('./items/recycle-bin.ts')
    await app.command((ctx) => purgeDiscarded(ctx))
    expect((await admin.get(`/api/knowledge/items/${gone.id}`)).status).toBe(200)
    await sql`update knowledge_item set down_at = down_at - interval '181 days' where id in (${gone.id}, ${quoted.id})`.execute(plain())
    await app.command((ctx) => purgeDiscarded(ctx))
    expect((await admin.get(`/api/knowledge/items/${gone.id}`)).status).toBe(404)
    expect((await ok(agent.get(`/api/knowledge/items/${quoted.id}?version=1`))).content.title).toBe('引用过又废止的知识')
    const { rows } = await sql<{ text: string }>`select text from knowledge_trail where item_id = ${gone.id} and act = 'purge'`.execute(plain())
    expect(rows[0]?.text).toContain('要废止的知识')
  })

  test('同一范围里两条问答问法相同，提交时被拒绝并指出是哪一条', async () => {
    await published({ title: '暖气漏水找谁', wordings: ['暖气管漏水怎么办？'] })
    const made = await ok(reviewer.post('/api/knowledge/items', item({ title: '管道漏水', wordings: ['暖气管漏水，怎么办'] })))
    expect(await reviewer.post(`/api/knowledge/tickets/${made.ticketId}/submit`, { version: 1 })).toMatchObject({ status: 409, body: { code: 'knowledge.sameQuestion', fields: [{ path: 'content.wordings' }] } })
    const inside = await ok(reviewer.post('/api/knowledge/items', item({ title: '管道漏水（内部）', audience: 'centre', wordings: ['暖气管漏水怎么办'] })))
    await ok(reviewer.post(`/api/knowledge/tickets/${inside.ticketId}/submit`, { version: 1 }))
  })
})
