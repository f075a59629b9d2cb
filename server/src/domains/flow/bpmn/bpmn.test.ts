import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedDefinitions } from '../definitions/index.ts'
import type { Graph } from '../graph.ts'
import { anyBlock, build } from '../testing/blocks.ts'
import { writeBpmn } from './export-flow.ts'
import { readBpmn } from './import-flow.ts'
import { placed } from './layout.ts'

/** What a round trip keeps: everything that is set, without the order of properties. */
const plain = (graph: Graph) => ({ nodes: placed(graph).map((n) => JSON.parse(JSON.stringify(strip(n)))), edges: graph.edges.map(strip), variables: graph.variables ?? [], withdraw: graph.withdraw })
const strip = (value: object) => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined && v !== null && v !== false && v !== 'one'))

const refusal = (xml: string) => readBpmn(xml).then(() => 'accepted', (error: { code?: string; refusal?: { detail?: string; fields?: { message: string }[] } }) => `${error.code} ${error.refusal?.detail ?? ''} ${error.refusal?.fields?.map((f) => f.message).join('；') ?? ''}`)
const file = (body: string, more = '') =>
  `<?xml version="1.0"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="D" targetNamespace="t">${more}\n<bpmn:process id="P" name="外来流程">\n${body}\n</bpmn:process>\n</bpmn:definitions>`
const flow = (id: string, from: string, to: string, more = '') => `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${more}</bpmn:sequenceFlow>`
const good = `<bpmn:startEvent id="S"/>\n<bpmn:userTask id="T" name="审核"/>\n<bpmn:endEvent id="E"/>\n${flow('f1', 'S', 'T')}${flow('f2', 'T', 'E')}`

test.each(shippedDefinitions.map((d) => [d.key, d] as const))('%s 导出再导入，不差一处', async (_key, { key, name, graph }) => {
  const back = await readBpmn(await writeBpmn({ key, name }, graph))
  expect(back.name).toBe(name)
  expect(plain(back.graph)).toEqual(plain(graph))
})

test('任何嵌套的流程导出再导入，环节、连线、条件、位置都不变', async () => {
  await fc.assert(
    fc.asyncProperty(anyBlock, async (block) => {
      const { graph } = build(block)
      fc.pre(graph.nodes.length <= 16)
      expect(plain((await readBpmn(await writeBpmn({ key: 'x.y', name: '某' }, graph))).graph)).toEqual(plain(graph))
    }),
    { numRuns: 40 },
  )
})

test('定时、子流程、会签、退回去向和意见要求也随文件走', async () => {
  const graph: Graph = {
    nodes: [
      { key: 's', kind: 'start', name: '开始', x: 60, y: 100 },
      { key: 'a', kind: 'userTask', name: '会签', x: 220, y: 100, actor: { unit: 'fixed', unitIds: ['0195d2f0-0000-7000-8000-000000000001', '0195d2f0-0000-7000-8000-000000000002'], permission: 'flow.approveInUnit' }, mode: 'all', limit: { amount: 2, unit: 'workingDays' }, opinion: 'always', addSigner: true, returnTo: ['applicant', 'previous'] },
      { key: 't', kind: 'timer', name: '超期', x: 250, y: 140, attachedTo: 'a', interrupting: false, after: { amount: 1, unit: 'workingDays' } },
      { key: 'r', kind: 'expressionTask', name: '计数', x: 250, y: 240, assign: [{ variable: 'n', expression: 'n + 1' }] },
      { key: 'z', kind: 'end', name: '提醒完', x: 400, y: 240 },
      { key: 'e', kind: 'end', name: '通过', x: 400, y: 100, result: 'approved' },
      { key: 'no', kind: 'end', name: '不通过', x: 400, y: 20, result: 'returned' },
    ],
    edges: [{ from: 's', to: 'a', outcome: 'next' }, { from: 'a', to: 'e', outcome: 'approve' }, { from: 'a', to: 'no', outcome: 'return' }, { from: 't', to: 'r', outcome: 'next' }, { from: 'r', to: 'z', outcome: 'next' }],
    variables: [{ name: 'n', label: '次数', type: 'number' }], withdraw: 'undecided',
  }
  const xml = await writeBpmn({ key: 'x.y', name: '某' }, graph)
  expect(xml).toMatch(/<bpmn:boundaryEvent [^>]*cancelActivity="false" attachedToRef="a"/)
  expect(xml).toMatch(/<dc:Bounds x="170" y="60" width="100" height="80"/)
  expect(plain((await readBpmn(xml)).graph)).toEqual(plain(graph))
})

describe('其他工具的文件', () => {
  test('没有我们的扩展也能读：唯一出口当作通过，变量按条件推断，位置取自图', async () => {
    const back = await readBpmn(file(`<bpmn:startEvent id="S"/><bpmn:exclusiveGateway id="G" default="f3"/><bpmn:userTask id="T" name="审核"/><bpmn:endEvent id="E"/>${flow('f1', 'S', 'G')}${flow('f2', 'G', 'T', '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${amount &gt; 100 and kind = "a"}</bpmn:conditionExpression>')}${flow('f3', 'G', 'E')}${flow('f4', 'T', 'E')}`))
    expect(back.graph.edges.map((e) => [e.from, e.to, e.outcome, e.condition ?? null])).toEqual([['S', 'G', 'next', null], ['G', 'T', 'next', 'amount > 100 and kind = "a"'], ['G', 'E', 'next', null], ['T', 'E', 'approve', null]])
    expect(back.graph.variables).toEqual([{ name: 'amount', label: 'amount', type: 'number' }, { name: 'kind', label: 'kind', type: 'text' }])
  })
  test.each([
    ['脚本任务', `${good}<bpmn:scriptTask id="X" name="算分"><bpmn:script>1</bpmn:script></bpmn:scriptTask>`, /bpmn:ScriptTask“算分”，X，第 \d+ 行/],
    ['子过程', `${good}<bpmn:subProcess id="X" name="内嵌"/>`, /bpmn:SubProcess“内嵌”，X/],
    ['消息开始', good.replace('<bpmn:startEvent id="S"/>', '<bpmn:startEvent id="S"><bpmn:messageEventDefinition id="M"/></bpmn:startEvent>'), /不支持的事件（bpmn:MessageEventDefinition，M/],
    ['多实例', good.replace('name="审核"/>', 'name="审核"><bpmn:multiInstanceLoopCharacteristics id="L"/></bpmn:userTask>'), /“审核”上的循环或多实例/],
    ['泳道', `<bpmn:laneSet id="LS"/>${good}`, /bpmn:LaneSet，LS/],
    ['其他语言的条件', good.replace(flow('f1', 'S', 'T'), flow('f1', 'S', 'T', '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="javascript">x()</bpmn:conditionExpression>')), /不支持的条件语言“javascript”（bpmn:SequenceFlow，f1/],
    ['不可达', `${good}<bpmn:userTask id="U" name="孤立"/>${flow('f9', 'U', 'E')}`, /U：孤立：从开始节点无法到达/],
    ['死路', `${good.replace(flow('f2', 'T', 'E'), '')}${flow('f5', 'T', 'V')}<bpmn:userTask id="V" name="尽头"/>`, /V：尽头：(须有且只有一个“通过”出口|无法走到结束节点)/],
    ['没有默认出口', `<bpmn:startEvent id="S"/><bpmn:exclusiveGateway id="G" name="分"/><bpmn:userTask id="T"/><bpmn:endEvent id="E"/>${flow('f1', 'S', 'G')}${['T', 'E'].map((to) => flow(`g${to}`, 'G', to, '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">a</bpmn:conditionExpression>')).join('')}${flow('f4', 'T', 'E')}`, /G：分：没有默认出口/],
    ['没有出口的循环', `<bpmn:startEvent id="S"/><bpmn:userTask id="A" name="甲"/><bpmn:userTask id="B" name="乙"/><bpmn:endEvent id="E"/>${flow('f1', 'S', 'A')}${flow('f2', 'A', 'B')}${flow('f3', 'B', 'A')}`, /A：甲：无法走到结束节点/],
    ['不存在的引用', good.replace('targetRef="E"', 'targetRef="NONE"'), /unresolved reference/],
  ])('%s：按名称和位置拒绝', async (_what, body, message) => {
    expect(await refusal(file(body))).toMatch(message)
  })
})

describe('有害的文件', () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${String.fromCharCode(98 + i)} "${`&${String.fromCharCode(97 + i)};`.repeat(10)}">`).join('')}]>`
  test.each([
    ['实体炸弹', file(good).replace('<?xml version="1.0"?>', `<?xml version="1.0"?>${bomb}`)],
    ['外部实体', `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>`],
    ['大小写混写的实体', `<?xml version="1.0"?><!doCtype r><r/>`],
    ['过大', file(`${good}<!-- ${'x'.repeat(1_000_001)} -->`)],
    ['元素过多', file(`${good}${'<bpmn:userTask/>'.repeat(20_001)}`)],
    ['嵌套极深', `<?xml version="1.0"?>${'<a>'.repeat(9000)}${'</a>'.repeat(9000)}`],
    ['残缺', file(good).slice(0, -30)],
    ['不是 XML', '{"a":1}'],
    ['空', ''],
    ['别的 XML', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['没有流程', '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t"/>'],
  ])('%s被拒绝', async (_what, xml) => {
    expect(await refusal(xml)).toMatch(/^flow\.badXml/)
  })
  test('扩展里的怪值不会混进流程', async () => {
    const odd = (json: string) => file(good.replace('name="审核"/>', `name="审核"><bpmn:extensionElements><m:settings xmlns:m="urn:minsheng:flow:1">${json}</m:settings></bpmn:extensionElements></bpmn:userTask>`))
    expect(await refusal(odd('{{'))).toMatch(/不是有效的 JSON/)
    expect(await refusal(odd('{"actor":{"unit":"moon"}}'))).toMatch(/flow\.unfit.*nodes\.T/)
    expect(await refusal(odd('{"__proto__":{"x":1},"kind":"end"}'))).toBe('accepted')
  })
})
