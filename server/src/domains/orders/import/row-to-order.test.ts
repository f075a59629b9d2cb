import { describe, expect, test } from 'vitest'
import { toIso } from '../../../kernel/time/index.ts'
import { guessMapping } from './import-fields.ts'
import { readMoment, rowToOrder, type RowRules } from './row-to-order.ts'

const rules: RowRules = { mapping: { title: '主题', content: '详情', occurredAt: '时间', userKey: '用户', externalId: '编号', appealType: '类型', area: '区', phone: '电话' }, source: '信箱', timeZone: 'Asia/Shanghai', defaultType: 'other', appealTypes: [{ code: 'help', name: '求助' }], isArea: (code) => code === '990101' }
const good = (values: Record<string, string>, more: Partial<RowRules> = {}) => {
  const result = rowToOrder(values, { ...rules, ...more })
  if ('errors' in result) throw new Error(result.errors.join())
  return result
}

describe('由列名猜对应关系', () => {
  test('认得留言表的列名，每列只用一次', () => {
    expect(guessMapping(['留言编号', '留言用户', '留言主题', '留言时间', '留言详情', '反对数', '点赞数'])).toEqual({ externalId: '留言编号', userKey: '留言用户', title: '留言主题', occurredAt: '留言时间', content: '留言详情' })
  })
  test('没有可认的列名时什么也不猜', () => expect(guessMapping(['甲', '乙'])).toEqual({}))
})

describe('一行变成一件诉求', () => {
  test('原时间作为发生时间，用户作为匿名账号，其余列留作附加信息', () => {
    const { input } = good({ 编号: '188007', 用户: 'A00074795', 主题: '路名', 详情: '路名牌不清', 时间: '2019/2/14 20:00:00', 点赞数: '1', 备注: '' })
    expect(input).toMatchObject({ title: '路名', content: '路名牌不清', appealType: 'other', muted: true, importSource: '信箱', extra: { 点赞数: 1, 编号: '188007' }, requester: { idType: 'account', idNumber: '信箱/A00074795', anonymous: false } })
    expect(toIso(input.occurredAt as never)).toBe('2019-02-14T12:00:00.000Z')
  })
  test.each([
    ['只有内容：取开头为标题', { 详情: '路灯坏了一周没有人修' }, '路灯坏了一周没有人修', '路灯坏了一周没有人修'],
    ['只有标题：内容同标题', { 主题: '路灯坏了' }, '路灯坏了', '路灯坏了'],
  ])('%s', (_name, values, title, content) => expect(good(values).input).toMatchObject({ title, content }))
  test('过长的标题截短，全文留在内容里', () => {
    const long = '长'.repeat(100)
    const { input } = good({ 主题: long, 详情: '正文' })
    expect([...input.title]).toHaveLength(80)
    expect(input.content).toBe(`${long}\n正文`)
  })
  test('没有文字、时间读不懂、类型不存在：各自说明原因', () => {
    expect(rowToOrder({ 主题: ' ', 详情: '' }, rules)).toEqual({ errors: ['没有标题也没有内容'] })
    expect(rowToOrder({ 主题: 'a', 时间: '明天', 类型: '牢骚' }, rules)).toEqual({ errors: ['时间“明天”读不懂', '诉求类型“牢骚”不存在'] })
  })
  test('区划是已有代码则采用，否则作为地点文字', () => {
    expect(good({ 主题: 'a', 区: '990101' }).input.areaCode).toBe('990101')
    expect(good({ 主题: 'a', 区: '幸福路' }).input).toMatchObject({ address: '幸福路' })
  })
  test('同一来源同一编号是同一件；没有编号时看整行内容', () => {
    expect(good({ 编号: '1', 主题: 'a' }).key).toBe(good({ 编号: '1', 主题: 'b' }).key)
    expect(good({ 编号: '1', 主题: 'a' }).key).not.toBe(good({ 编号: '1', 主题: 'a' }, { source: '另一处' }).key)
    expect(good({ 主题: 'a', 详情: 'x' }).key).not.toBe(good({ 主题: 'a', 详情: 'y' }).key)
  })
  test('掩码电话不登记', () => expect(good({ 主题: 'a', 电话: '138****5678' }).input.requester.phone).toBeUndefined())
})

test.each([
  ['2019-08-01 00:00:00', '2019-07-31T16:00:00.000Z'], ['2020/1/2', '2020-01-01T16:00:00.000Z'], ['2019年8月1日 9时5分', '2019-08-01T01:05:00.000Z'], ['2019-08-01T09:00:00+08:00', '2019-08-01T01:00:00.000Z'],
  ['2019/2/30', null], ['2019-08-01 25:00', null], ['2019-08-01 10:00:61', null], ['', null],
])('时间 %s', (text, iso) => {
  const at = readMoment(text, 'Asia/Shanghai')
  expect(at === null ? null : toIso(at)).toBe(iso)
})
