import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { arranged } from './arrange-home.ts'
import { todoSources } from './home-sources.ts'

let app: TestApp
const source = async () => ({ cards: ['a', 'b', 'c'].map((id) => ({ id: `probe.${id}`, title: id, value: 0, link: '/home' })), todo: [] })
beforeAll(async () => {
  app = await testApp()
  todoSources.add(source)
})
afterAll(async () => {
  todoSources.clear()
  await app.stop()
})

test('按安排排序，新增的卡片排在后面，从不丢失', () => {
  const cards = ['a', 'b', 'c'].map((id) => ({ id }))
  expect(arranged(cards, { order: ['c', 'gone', 'a'], hidden: ['b'] })).toEqual([{ id: 'c', hidden: false }, { id: 'a', hidden: false }, { id: 'b', hidden: true }])
})

const probe = async (login: string) => {
  const { body } = await (await app.as(login)).get('/api/home')
  return { own: body.arranged, cards: body.cards.filter((c: { id: string }) => c.id.startsWith('probe')).map((c: { id: string; hidden: boolean }) => `${c.id}${c.hidden ? ' hidden' : ''}`) }
}

test('角色默认、本人调整、恢复默认；别人的首页不受影响', async () => {
  const admin = await app.as('systemAdmin')
  expect((await admin.put('/api/admin/settings/home.cardsByRole', { value: { handler: { order: ['probe.c'], hidden: ['probe.a'] } }, version: 0 })).status).toBe(200)
  expect(await probe('handler')).toEqual({ own: false, cards: ['probe.c', 'probe.a hidden', 'probe.b'] })
  const handler = await app.as('handler')
  expect((await handler.put('/api/home/arrangement', { order: ['probe.b', 'probe.a'], hidden: ['probe.c'] })).status).toBe(200)
  expect(await probe('handler')).toEqual({ own: true, cards: ['probe.b', 'probe.a', 'probe.c hidden'] })
  expect(await probe('handler2')).toMatchObject({ own: false })
  expect(await probe('agent')).toEqual({ own: false, cards: ['probe.a', 'probe.b', 'probe.c'] })
  await handler.delete('/api/home/arrangement')
  expect((await probe('handler')).own).toBe(false)
  expect((await handler.put('/api/home/arrangement', { order: Array.from({ length: 101 }, String), hidden: [] })).status).toBe(422)
})
