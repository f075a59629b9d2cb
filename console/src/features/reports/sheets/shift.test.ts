import { expect, test } from 'vitest'
import { emptySheet, type Definition } from './book.ts'
import { renameSheet, shiftFormula, shiftLines, withOwnKey, type Shift } from './shift.ts'

const row = (at: number, count: number): Shift => ({ axis: 'row', at, count })
const column = (at: number, count: number): Shift => ({ axis: 'column', at, count })
const here = (name: string | null): boolean => name === null || name === '月报表'

test.each([
  ['上方插行，下面的下移', 'B7+B3', row(5, 2), 'B9+B3'], ['区间中间插行，区间变长', 'SUM(B5:B6)', row(6, 1), 'SUM(B5:B7)'], ['区间上方插行，整体下移', 'SUM(B5:B6)', row(5, 1), 'SUM(B6:B7)'], ['区间下一行插行，不变', 'SUM(B5:B6)', row(7, 1), 'SUM(B5:B6)'],
  ['绝对引用照移', 'SUM($B$5:B$6)*$C7', row(2, 1), 'SUM($B$6:B$7)*$C8'], ['整列不受插行影响', 'SUM(B:B)', row(1, 3), 'SUM(B:B)'], ['整行随插行移', 'SUM(3:5)', row(4, 1), 'SUM(3:6)'], ['删行剪短区间', 'SUM(B5:B9)', row(6, -2), 'SUM(B5:B7)'], ['删掉区间开头', 'SUM(B5:B9)', row(4, -2), 'SUM(B4:B7)'],
  ['整段删掉成 #REF!', 'SUM(B5:B6)+1', row(5, -2), 'SUM(#REF!)+1'], ['所引单元格删掉成 #REF!', 'B5*2', row(5, -1), '#REF!*2'], ['插列', 'IF(B2>0,C2/B2,"B2不动")', column(2, 1), 'IF(C2>0,D2/C2,"B2不动")'], ['删列剪短', 'SUM(A1:D1)+AA1', column(2, -1), 'SUM(A1:C1)+Z1'], ['整列随插列移', 'SUM($B:C)', column(2, 1), 'SUM($C:D)'],
  ['别的表不动', '别的表!B5+月报表!B5', row(5, 1), '别的表!B5+月报表!B6'], ['带引号的表名', "'月 报'!B5+'月报表'!B5", row(5, 1), "'月 报'!B5+'月报表'!B6"], ['像地址的函数名不动', 'LOG10(B5)', row(1, 1), 'LOG10(B6)'], ['小写也认', 'sum(b5:b6)', row(5, 1), 'sum(b6:b7)'],
])('公式随行列移动：%s', (_name, formula, shift, after) => expect(shiftFormula(formula, shift, here)).toBe(after))

const report = (): Definition => ({
  name: '表', folder: '月报', cycle: 'month', description: '', where: [],
  bindings: [{ kind: 'entry', sheet: 0, cell: 'B6', name: '受理', type: 'integer', required: false, choices: [], message: '' }, { kind: 'constant', sheet: 1, cell: 'A3', name: 'period' }],
  book: { styles: [{ fill: '#DDEBF7' }], sheets: [
    { ...emptySheet('月报表'), rows: 7, columns: 5, merges: ['A1:E1', 'A2:A4', 'B5:B6'], heights: { 1: 36, 6: 20 }, widths: { 1: 22 }, frozen: { rows: 4, columns: 1 }, cells: { A5: { value: '住建局', style: 0 }, B7: { formula: 'SUM(B5:B6)' } } },
    { ...emptySheet('汇总'), cells: { A1: { formula: '月报表!B7*2' } } },
  ] },
})

test('插行：单元格、行高、合并区、冻结、绑定和各表公式一起移动，新行沿用上一行的样式，填报内容仍在原处', () => {
  const { book, bindings } = shiftLines(report(), 0, row(6, 2))
  expect(book.sheets[0]).toMatchObject({ rows: 9, merges: ['A1:E1', 'A2:A4', 'B5:B8'], heights: { 1: 36, 8: 20 }, frozen: { rows: 4, columns: 1 } })
  expect(book.sheets[0]?.cells).toEqual({ A5: { value: '住建局', style: 0 }, A6: { style: 0 }, A7: { style: 0 }, B9: { formula: 'SUM(B5:B8)' } })
  expect(book.sheets[1]?.cells['A1']).toEqual({ formula: '月报表!B9*2' })
  expect(bindings).toMatchObject([{ cell: 'B8', key: '月报表!B6' }, { cell: 'A3' }])
  expect(shiftLines({ ...report(), bindings }, 0, row(1, 1)).bindings[0]).toMatchObject({ key: '月报表!B6' })
})

test('删行：删掉的绑定没了，合并区剪短，只剩一格的不再合并，冻结跟着减', () => {
  const { book, bindings } = shiftLines(report(), 0, row(3, -4))
  expect(book.sheets[0]).toMatchObject({ rows: 3, merges: ['A1:E1'], frozen: { rows: 2, columns: 1 } })
  expect(book.sheets[0]?.cells).toEqual({ B3: { formula: 'SUM(#REF!)' } })
  expect(bindings.map((b) => b.kind)).toEqual(['constant'])
  expect(shiftLines(report(), 0, column(2, -4)).book.sheets[0]).toMatchObject({ columns: 1, merges: ['A2:A4'], widths: { 1: 22 } })
})

test('插入再删除，回到原样', () => {
  const before = { ...report(), bindings: [] }
  for (const at of [1, 3, 6, 8]) expect(shiftLines(shiftLines(before, 0, row(at, 3)), 0, row(at, -3))).toEqual(before)
})

test('表改名：引用它的公式跟着改，要加引号的加，填报内容仍在原处', () => {
  const { book, bindings } = renameSheet(report(), 0, '十月 报表')
  expect(book.sheets.map((one) => one.name)).toEqual(['十月 报表', '汇总'])
  expect(book.sheets[1]?.cells['A1']).toEqual({ formula: "'十月 报表'!B7*2" })
  expect(bindings[0]).toMatchObject({ key: '月报表!B6' })
})

test('在移走的填报格原处新设填报格，不会拿到它的内容', () => {
  const moved = shiftLines(report(), 0, row(6, 1))
  const [first] = report().bindings
  expect(first && withOwnKey(first, moved)).toMatchObject({ cell: 'B6', key: '月报表!B6#2' })
  expect(first && withOwnKey({ ...first, cell: 'C6' }, moved)).not.toHaveProperty('key')
})
