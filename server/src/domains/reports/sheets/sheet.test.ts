import { expect, test } from 'vitest'
import { checkEntry, sheetDefinition, sheetFaults, type Entry } from './sheet.ts'

const entry = (more: Partial<Entry> & Pick<Entry, 'type'>): Entry => ({ kind: 'entry', sheet: 0, cell: 'B5', name: '受理', required: false, choices: [], message: '', ...more })

test.each([
  ['空的可空', entry({ type: 'number' }), '', { value: null }], ['空的必填', entry({ type: 'number', required: true }), '  ', { fault: '必填' }], ['千分位', entry({ type: 'number' }), '1,234.5', { value: 1234.5 }], ['百分数', entry({ type: 'number' }), '12.5%', { value: 0.125 }], ['不是数', entry({ type: 'number' }), '十二', { fault: '应为数字' }], ['只有符号', entry({ type: 'number' }), '-', { fault: '应为数字' }],
  ['小数当整数', entry({ type: 'integer' }), '1.5', { fault: '应为整数' }], ['低于下限', entry({ type: 'integer', min: 0 }), -1, { fault: '不能小于 0' }], ['超出范围', entry({ type: 'integer', min: 0, max: 10 }), '11', { fault: '应在 0 到 10 之间' }], ['自己写的提示', entry({ type: 'integer', min: 0, message: '受理量是不小于 0 的整数' }), 'x', { fault: '受理量是不小于 0 的整数' }],
  ['日期', entry({ type: 'date' }), '2026-02-28', { value: '2026-02-28' }], ['没有的日期', entry({ type: 'date' }), '2026-02-30', { fault: '应为日期，写作 2026-11-18' }], ['选项', entry({ type: 'choice', choices: ['是', '否'] }), '是', { value: '是' }], ['选项之外', entry({ type: 'choice', choices: ['是', '否'] }), '也许', { fault: '应为：是、否' }], ['字数', entry({ type: 'text', max: 3 }), '四个字啊', { fault: '不超过 3 个字' }],
])('填报校验：%s', (_name, rule, given, found) => expect(checkEntry(rule, given)).toEqual(found))

test('绑定相互占用、盖住原有内容、落在合并区里、指标或维度不存在，逐个指出单元格', () => {
  const definition = (bindings: object[]) => sheetDefinition.parse({ name: '表', folder: '月报', book: { styles: [], sheets: [{ name: '一', rows: 9, columns: 9, widths: {}, heights: {}, merges: ['A1:C1'], cells: { B7: { formula: 'SUM(B2:B6)' } } }] }, bindings })
  const faults = (...bindings: object[]): string[] => sheetFaults(definition(bindings), { indicator: (code) => (code === 'received' ? { name: '受理量', stopped: false } : code === 'old' ? { name: '旧指标', stopped: true } : undefined), dimension: (key) => key === 'unit' || key === 'channel' }).map((f) => f.message)
  const list = { kind: 'list', sheet: 0, cell: 'A2', dimension: 'unit', indicators: ['received'], limit: 5 }
  expect(faults(list)).toEqual([])
  expect(faults({ ...list, limit: 6 })).toEqual(['一!A2：列表会盖住 B7 原有的内容，请减少行数或移开'])
  expect(faults(list, { kind: 'value', sheet: 0, cell: 'B3', indicator: 'received' })).toEqual(['一!B3：B3 已被 一!A2 占用'])
  expect(faults({ kind: 'constant', sheet: 0, cell: 'B1', name: 'period' })).toEqual(['一!B1：在合并单元格里，请绑定合并区的左上角'])
  expect(faults({ kind: 'value', sheet: 0, cell: 'D1', indicator: 'nothing' }, { kind: 'value', sheet: 0, cell: 'E1', indicator: 'old' }, { kind: 'value', sheet: 3, cell: 'E2', indicator: 'received' })).toEqual(['一!D1：没有编码为“nothing”的指标', '一!E1：指标“旧指标”已停用', '4!E2：没有这张表'])
  expect(faults({ ...list, limit: 4, across: 'unit' }, { kind: 'entry', sheet: 0, cell: 'I9', name: '选', type: 'choice' })).toEqual(['一!A2：纵向与横向不能是同一维度', '一!I9：请给出可选的值'])
  const many = (n: number) => Array.from({ length: n }, (_, i) => ({ kind: 'value', sheet: 0, cell: `${String.fromCharCode(65 + (i % 26))}${20 + Math.floor(i / 26)}`, indicator: 'received', where: [{ dimension: 'unit', values: [String(i)] }] }))
  expect([faults(...many(120)), faults(...many(121))]).toEqual([[], ['绑定要分 121 次统计，最多 120 次：条件不同的指标请改用列表，或分成几张报表']])
})
