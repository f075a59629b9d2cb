import { expect, test } from 'vitest'
import { contradictions, factsOf, type Text } from './facts.ts'

const text = (id: string, title: string, body: string, more: Partial<Text> = {}): Text => ({ id, version: 1, title, typeCode: 'guide', matterIds: [], areaCode: null, fields: {}, blocks: [body], ...more })

test('同一事项两条知识收费不同会列出，并给出两处原文；写法不同、数值相同的不算', () => {
  expect(contradictions([text('a', '户口本补办指南', '补办工本费每本10元。'), text('b', '户口本补办', '补办户口本不收费，免费办理。')])).toEqual([{ a: 'a', b: 'b', label: 'fee', passageA: '补办工本费每本10元', passageB: '补办户口本不收费，免费办理' }])
  expect(contradictions([text('a', '居住证办理', '自受理之日起15个工作日内办结。'), text('b', '居住证怎么办理', '十五个工作日内办结')])).toEqual([])
  expect(contradictions([text('a', '居住证办理', '15个工作日内办结。'), text('b', '居住证怎么办理', '二十个工作日内办结')]).map((one) => one.label)).toEqual(['limit'])
})
test('模板栏目里的时限没写“内”也比', () => {
  expect(contradictions([text('a', '居住证办理', '', { fields: { limit: '15个工作日' } }), text('b', '居住证办理指南', '', { fields: { limit: '10个工作日' } })]).map((one) => one.label)).toEqual(['limit'])
})
test('不同地区、不是一件事、同一篇里分情况写的不算；共同事项的放宽名称', () => {
  expect(contradictions([text('a', '居住证办理', '15个工作日内办结', { areaCode: '990101' }), text('b', '居住证办理', '20个工作日内办结', { areaCode: '990102' })])).toEqual([])
  expect(contradictions([text('a', '居住证办理', '15个工作日内办结'), text('b', '营业执照变更', '3个工作日内办结')])).toEqual([])
  expect(factsOf(text('a', '居住证办理', '材料齐全的3个工作日内办结；需核实的15个工作日内办结'))).toEqual([])
  expect(contradictions([text('a', '供热服务电话', '服务热线 0990-5550018', { matterIds: ['m'] }), text('b', '供热报修', '请拨打0990-5550019', { matterIds: ['m'] })]).map((one) => one.label)).toEqual(['phone'])
})
test('种下的矛盾：十处找出八处以上，没有误报', () => {
  const titles = ['残疾证办理', '老年优待证', '公租房申请', '身份证补领', '临时停车收费', '供热退费', '噪声投诉', '公积金提取', '新生儿落户', '社保卡挂失']
  const planted: [string, string][] = [['15个工作日内办结', '20个工作日内办结'], ['工本费每证5元', '免费办理'], ['30日内答复', '60日内答复'], ['工本费每证40元', '工本费每证20元'], ['收费标准每次5元', '收费标准每次3元'], ['咨询电话0990-5550001', '咨询电话0990-5550002'], ['24小时内到场', '48小时内到场'], ['3个工作日内到账', '5个工作日内到账'], ['工作日 9:00-17:00 办理', '工作日 8:30-17:30 办理'], ['有效期为5年', '有效期为10年']]
  const stock = titles.flatMap((title, at) => [text(`${at}a`, `${title}指南`, planted[at]?.[0] ?? ''), text(`${at}b`, `${title}须知`, planted[at]?.[1] ?? '')])
  const found = contradictions(stock)
  expect(found.filter((one) => one.a.slice(0, -1) !== one.b.slice(0, -1))).toEqual([])
  expect(new Set(found.map((one) => one.a.slice(0, -1))).size).toBeGreaterThanOrEqual(8)
})
