import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { searchSources } from './search-sources.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

const find = async (login: string, q: string, kind?: string) => (await (await app.as(login)).get(`/api/search?q=${encodeURIComponent(q)}${kind ? `&kind=${kind}` : ''}`)).body.groups as { kind: string; items: { title: string; link: string }[] }[]
const titles = (groups: Awaited<ReturnType<typeof find>>, kind: string) => groups.find((g) => g.kind === kind)?.items.map((i) => i.title) ?? []

test('人员和单位按名称、编码、工号找到，别的租户的找不到', async () => {
  expect(titles(await find('agent', '城管局'), 'units')).toContain('测试市城管局')
  expect(titles(await find('agent', 'T-HEAT'), 'units')).toEqual(['测试市供热办'])
  expect(titles(await find('agent', 'T101', 'people'), 'people')).toEqual(['测试agent2'])
  expect(await find('otherAdmin', '测试市城管局')).toEqual([])
})

test('链接按各人权限给出，只查一类时不出别的组，输入过长或类别不对被拒绝', async () => {
  const link = async (login: string) => (await find(login, 'T101', 'people'))[0]?.items[0]?.link ?? ''
  expect(await link('tenantAdmin')).toMatch(/^\/admin\/users\//)
  expect(await link('agent')).toBe('/contacts?query=T101')
  expect((await find('agent', '测试', 'units')).map((g) => g.kind)).toEqual(['units'])
  const agent = await app.as('agent')
  expect((await agent.get(`/api/search?q=${'长'.repeat(61)}`)).status).toBe(422)
  expect((await agent.get('/api/search?q=a&kind=secrets')).status).toBe(422)
  expect((await app.nobody().get('/api/search?q=a')).status).toBe(401)
  expect(titles(await find('agent', "'; drop table platform_user; --"), 'people')).toEqual([])
})

test('一个来源出错时其余照常', async () => {
  searchSources.add(() => [{ kind: 'other', label: '坏来源', find: async () => Promise.reject(new Error('断线')) }])
  expect(titles(await find('agent', '供热办'), 'units')).toEqual(['测试市供热办'])
})
