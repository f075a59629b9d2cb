// Assisted submission over HTTP: the form is filled from free words, answers are checked, gaps go with the order, and nothing of it is needed.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { newId } from '../../../kernel/runtime.ts'
import { testApp, type Answer, type TestApp } from '../../../kernel/testing/index.ts'
import { citizen, tenantOf } from '../testing/citizens.ts'
import { recognise } from '../../telephony/index.ts'

let app: TestApp
/** A tenth of a second of one voice at 16 kHz. */
const wave = (() => {
  const bytes = Buffer.alloc(44 + 3200)
  bytes.write('RIFF', 0); bytes.writeUInt32LE(36 + 3200, 4); bytes.write('WAVEfmt ', 8); bytes.writeUInt32LE(16, 16); bytes.writeUInt16LE(1, 20); bytes.writeUInt16LE(1, 22); bytes.writeUInt32LE(16_000, 24); bytes.writeUInt32LE(32_000, 28); bytes.writeUInt16LE(2, 32); bytes.writeUInt16LE(16, 34); bytes.write('data', 36); bytes.writeUInt32LE(3200, 40)
  return bytes
})()
const ids = { directory: newId(), noise: newId() }
const plain = () => app.app.runtime.db.withoutPlugins()
const visitor = () => app.nobody('public')
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}

beforeAll(async () => {
  app = await testApp()
  const tenantId = await tenantOf(app)
  const elements = [{ code: 'when', name: '发生时间', type: 'text', required: true, prompt: '什么时候发生的？' }, { code: 'where', name: '事发地点', type: 'text', required: true, prompt: '具体在哪里？' }]
  await sql`insert into matter_directory (tenant_id, id, code, name, path, level, sort, elements, search_key, state, created_by_name, created_at, updated_at)
    values (${tenantId}, ${ids.directory}, 'D1', '生态环境', array[${ids.directory}]::uuid[], 0, 0, '[]', '生态环境', 'effective', '测试', now(), now())`.execute(plain())
  await sql`insert into matter_matter (tenant_id, id, code, name, directory_id, directory_path, elements, keywords, search_key, state, version, created_by_name, created_at, updated_at)
    values (${tenantId}, ${ids.noise}, 'M1', '施工噪音扰民', ${ids.directory}, array[${ids.directory}]::uuid[], ${JSON.stringify(elements)}::jsonb, array['噪音','施工'], 'm1 施工噪音扰民 施工 噪音', 'effective', 1, '测试', now(), now())`.execute(plain())
})
afterEach(() => recognise.clear())
afterAll(() => app.stop())

const check = (more: Record<string, unknown>) => ok(visitor().post('/api/public/elements/check', { matterId: ids.noise, ...more }))

describe('要素补全', () => {
  test('没有时间和地点的话：问两个问题；回答落在各自的要素里；说过的不再问', async () => {
    expect(await check({ text: '施工噪音太大了，受不了' })).toMatchObject({ ask: ['when', 'where'], read: [], again: [], gaps: [] })
    expect(await check({ text: '昨天晚上十点汇文路12号院旁边施工噪音太大' })).toMatchObject({ ask: [], read: [{ code: 'when', value: '昨天晚上十点' }, { code: 'where', value: expect.stringContaining('汇文路12号院') }] })
    expect(await check({ text: '施工噪音', answers: [{ code: 'when', value: '  昨天　晚上 ' }, { code: 'where', value: '东门工地' }] })).toMatchObject({ ask: [], again: [], standard: [{ code: 'when', value: '昨天 晚上' }, { code: 'where', value: '东门工地' }] })
  })

  test('乱填的再问一次，问满 3 次就作为缺项，不再为难', async () => {
    const with_ = (tries: number) => check({ text: '施工噪音', answers: [{ code: 'when', value: '啊啊啊啊', tries }, { code: 'where', value: '' }] })
    expect(await with_(0)).toMatchObject({ again: [{ code: 'when', message: expect.any(String) }], gaps: [{ code: 'where' }] })
    expect(await with_(2)).toMatchObject({ again: [{ code: 'when' }] })
    expect(await with_(3)).toMatchObject({ again: [], gaps: [{ code: 'when' }, { code: 'where', name: '事发地点' }] })
  })
})

describe('智能填写', () => {
  test('一段话变成填好的表单：类型、事项、地点、时间、标题和摘要，每项有把握程度', async () => {
    const found = await ok(visitor().post('/api/public/assist', { text: '嗯，我要投诉，昨天晚上十点汇文路12号院旁边的工地还在施工，噪音太大！！！' }))
    expect(found).toMatchObject({ appealType: { id: 'complaint', confidence: 0.9 }, matter: { id: ids.noise, name: '施工噪音扰民' }, address: { value: expect.stringContaining('汇文路12号院') }, time: { value: '昨天晚上十点' }, answers: [{ code: 'when' }, { code: 'where' }] })
    expect(found.content).toBe('我要投诉，昨天晚上十点汇文路12号院旁边的工地还在施工，噪音太大！')
    expect(found.title.length).toBeGreaterThan(0)
    expect((await visitor().post('/api/public/assist', { text: '啊' })).status).toBe(422)
  })

  test('提交后原话、机器值、把握和最后的值都在；缺的要素跟着工单', async () => {
    const me = await citizen(app, '13700000301')
    const text = '嗯，我要投诉工地施工噪音'
    const sent = await ok(me.post('/api/public/submissions', {
      clientKey: 'assist-key-000000001', content: '我要投诉工地施工噪音。', appealType: 'complaint', areaCode: '990101001001', matterId: ids.noise, answers: [{ code: 'when', value: '' }, { code: 'where', value: '东门' }],
      assist: { raw: text, machine: [{ field: 'matterId', value: '施工噪音扰民', confidence: 0.8 }, { field: 'areaCode', value: '990102', confidence: 0.7 }] },
    }))
    const { rows } = await sql<{ raw_text: string; machine: unknown; gaps: string[]; remarks: string; extra: unknown }>`select s.raw_text, s.machine, s.gaps, o.remarks, o.extra from intake_submission s join order_order o on o.tenant_id = s.tenant_id and o.id = s.order_id where o.number = ${sent.number}`.execute(plain())
    expect(rows[0]).toMatchObject({ raw_text: text, gaps: ['发生时间'], remarks: expect.stringContaining('发生时间'), extra: { gaps: '发生时间' } })
    expect(rows[0]?.machine).toEqual([{ field: 'matterId', value: '施工噪音扰民', confidence: 0.8, final: ids.noise }, { field: 'areaCode', value: '990102', confidence: 0.7, final: '990101001001' }])
  })

  test('不收不完整的诉求时，缺的要素逐项指出，什么也不存', async () => {
    const admin = await app.as('tenantAdmin')
    await ok(admin.put('/api/admin/settings/submission.incomplete', { value: false, version: 0 }))
    const me = await citizen(app, '13700000302')
    const refused = await me.post('/api/public/submissions', { clientKey: 'assist-key-000000002', content: '施工噪音太大', appealType: 'complaint', areaCode: '990101001001', matterId: ids.noise, answers: [] })
    expect([refused.status, refused.body.fields.map((f: { path: string }) => f.path)]).toEqual([422, ['answers.when', 'answers.where']])
    expect((await ok(me.get('/api/public/orders'))).items).toEqual([])
  })

  test('没有语音识别时说清楚，打字照样能提交；有了就把录音变成文字', async () => {
    const me = await citizen(app, '13700000303')
    expect((await ok(visitor().get('/api/public/settings'))).speech).toBe(false)
    expect(await me.post('/api/public/assist/speech', { fileId: newId() })).toMatchObject({ status: 409, body: { title: expect.stringContaining('打字') } })
    await ok(me.post('/api/public/submissions', { clientKey: 'assist-key-000000003', content: '公园长椅坏了', appealType: 'help', areaCode: '990101001001' }))
    // Scripted: what was said is known once the sound has ended.
    recognise.add(() => ({ name: '脚本', open: (hear) => { let ms = 0; return { frame: ({ samples }) => void (ms += samples.length / 8), end: async () => hear({ speaker: 'citizen', startMs: 0, endMs: ms, text: '路灯不亮', confidence: 0.9 }) } } }))
    expect((await ok(visitor().get('/api/public/settings'))).speech).toBe(true)
    const said = await ok(me.upload('/api/public/attachments?place=registration', { name: '录音.wav', type: 'audio/wav', content: wave }))
    expect(await ok(me.post('/api/public/assist/speech', { fileId: said.id }))).toEqual({ text: '路灯不亮', confidence: 0.9 })
    expect((await (await citizen(app, '13700000304')).post('/api/public/assist/speech', { fileId: said.id })).status).toBe(404)
    // The recording stays with the order, as the machine's value does beside the final one.
    const sent = await ok(me.post('/api/public/submissions', { clientKey: 'assist-key-000000004', content: '路灯三天不亮', appealType: 'help', areaCode: '990101001001', assist: { raw: '路灯不亮', fileId: said.id, machine: [{ field: 'content', value: '路灯不亮', confidence: 0.9 }] } }))
    const { rows: kept } = await sql<{ raw_file_id: string; machine: unknown; files: number }>`select s.raw_file_id, s.machine, (select count(*)::int from kernel_file a where a.id = s.raw_file_id and a.object_id::text = s.order_id::text) as files from intake_submission s join order_order o on o.id = s.order_id where o.number = ${sent.number}`.execute(plain())
    expect(kept).toMatchObject([{ raw_file_id: said.id, machine: [{ field: 'content', value: '路灯不亮', confidence: 0.9, final: '路灯三天不亮' }], files: 1 }])
    expect((await visitor().post('/api/public/assist/speech', { fileId: newId() })).status).toBe(401)
  })
})
