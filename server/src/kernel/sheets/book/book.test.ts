import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { calculate } from './calculate.ts'
import { book, cellAt, placeOf, type Book } from './book.ts'
import { calculateBook, readBook as readInThread } from './index.ts'
import { readBook } from './read-book.ts'
import { threeLevels } from './three-levels.ts'
import { writeBook } from './write-book.ts'

test('三级表头的 Excel 读入再写出：合并、列宽行高、斜线、底色、冻结、公式都在', async () => {
  const { book: read, lost } = await readBook(await threeLevels())
  expect(lost).toEqual([])
  const again = new ExcelJS.Workbook()
  await again.xlsx.load((await writeBook(read, [{ sheet: 0, cell: 'B5', value: 70 }])) as never)
  const sheet = again.getWorksheet('月报表')
  expect((sheet?.model as unknown as { merges: string[] } | undefined)?.merges.toSorted()).toEqual(['A1:E1', 'A2:A4', 'B2:E2', 'B3:C3', 'D3:E3'])
  expect(sheet?.getCell('A1').style).toMatchObject({ font: { name: '方正小标宋简体', size: 18, bold: true }, alignment: { horizontal: 'center' } })
  expect([sheet?.getRow(1).height, sheet?.getColumn(1).width, sheet?.views[0]?.state]).toEqual([36, 22, 'frozen'])
  expect(sheet?.getCell('A2').border.diagonal).toMatchObject({ style: 'thin', down: true })
  expect(sheet?.getCell('C4').fill).toMatchObject({ fgColor: { argb: 'FFDDEBF7' } })
  expect(sheet?.getCell('B7').value).toEqual({ formula: 'SUM(B5:B6)', result: 80 })
  expect(again.getWorksheet('汇总')?.getCell('A1').value).toEqual({ formula: '月报表!B7*2+SUM(月报表!B:B)', result: 320 })
  // Read once more it is the same book.
  expect((await readBook(await writeBook(read, []))).book).toEqual(read)
})

test('公式按所引单元格先后计算，跨表、整列引用都算；显示按单元格格式', async () => {
  const [month, total] = await calculateBook((await readBook(await threeLevels())).book, [])
  expect([month?.['D5'], month?.['D7'], month?.['B7']]).toEqual([{ value: 0.75, text: '75.0%' }, { value: 0.8, text: '80.0%' }, { value: 50, text: '50' }])
  expect([total?.['A1']?.value, total?.['A2']?.value]).toEqual([200, 201])
})

const one = (formulas: Record<string, string>, values: Record<string, string | number> = {}): Book => ({ styles: [], sheets: [{ name: '表 一', rows: 9, columns: 9, widths: {}, heights: {}, merges: [], cells: { ...Object.fromEntries(Object.entries(values).map(([cell, value]) => [cell, { value }])), ...Object.fromEntries(Object.entries(formulas).map(([cell, formula]) => [cell, { formula }])) } }] })

test.each([
  ['循环引用', { A1: 'B1+1', B1: 'A1+1' }, 'A1', '#CIRC!'], ['自己引用自己', { A1: 'A1' }, 'A1', '#CIRC!'], ['除以零', { A1: '1/0' }, 'A1', '#DIV/0!'], ['除以零有退路', { A1: 'IFERROR(1/0,"–")' }, 'A1', '–'],
  ['没有的表', { A1: '别的表!A1' }, 'A1', '#REF!'], ['写错的公式', { A1: 'SUM(1,' }, 'A1', '#ERROR!'], ['不认识的函数', { A1: 'NOSUCH(1)' }, 'A1', '#ERROR!'], ['访问网络的函数', { A1: 'WEBSERVICE("http://127.0.0.1")' }, 'A1', '#NAME?'],
  ['条件汇总', { A1: 'SUMIF(C1:C3,"甲",D1:D3)' }, 'A1', 5], ['带空格的表名', { A1: "'表 一'!D1+1" }, 'A1', 3], ['文字相连', { A1: 'C1&"共"&D1&"件"' }, 'A1', '甲共2件'], ['长链', Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`A${i + 1}`, i === 299 ? '1' : `A${i + 2}+1`])), 'A1', 300],
])('公式：%s', (_name, formulas, cell, value) => {
  const found = calculate(one(formulas as Record<string, string>, { C1: '甲', C2: '乙', C3: '甲', D1: 2, D2: 4, D3: 3 }), [])[0]?.[cell]?.value
  expect(found).toBe(value)
})

test('不是工作簿的文件说明原因', async () => {
  await expect(readInThread(Buffer.from('not a workbook'))).rejects.toThrow('不是 Excel 工作簿')
})

test('单元格地址与行列互换', () => {
  for (const cell of ['A1', 'Z9', 'AA10', 'ZZ2000']) { const { row, column } = placeOf(cell); expect(cellAt(row, column)).toBe(cell) }
})

test.each([['倒着写的合并区', ['B2:A1']], ['超出表格的合并区', ['A1:ZZZ9999']], ['重叠的合并区', ['A1:B2', 'B2:C3']]])('%s不收', (_name, merges) => {
  const sheet = { ...one({}).sheets[0], merges }
  expect(book.safeParse({ styles: [], sheets: [sheet] }).success).toBe(false)
  expect(book.safeParse({ styles: [], sheets: [{ ...sheet, merges: ['A1:B2'] }] }).success).toBe(true)
})
