import { expect, test } from 'vitest'
import { personalData, redact } from './personal-data.ts'

test.each([
  ['手机号', '请联系 13900000000 办理'], ['手机号', '电话 139-0000-0000'], ['手机号', '电话１３９００００００００'], ['身份证号', '身份证 11010519491231002X'], ['固定电话', '拨打 0990-5550001 转 8'],
  ['车牌号', '车牌新A·12345 停在路口'], ['电子邮箱', '发到 someone@example.com'], ['详细住址', '住望澜府 12号楼 3单元 402室'], ['银行卡号', '卡号 6222020200112233445'],
])('正文里的%s会被发现，处理后不再出现', (name, text) => {
  expect(personalData(text)).toContain(name)
  expect(personalData(redact(text))).toEqual([])
})

test.each(['热线 12345 全天受理', '2026 年 11 月 22 日至 12 月 31 日', '文号〔2026〕15 号，共 1200 万元', '工单编号 261122990100000123'])('“%s”不是个人信息', (text) => {
  expect(personalData(text)).toEqual([])
})

test('诉求人的姓名换成“某”', () => {
  expect(redact('林小满反映暖气不热，林小满表示感谢', ['林小满'])).toBe('林某反映暖气不热，林某表示感谢')
})
