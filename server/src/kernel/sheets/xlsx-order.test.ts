import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { inReadingOrder } from './xlsx-order.ts'

/** Names in local headers, in the order of the file. */
function names(file: Buffer): string[] {
  const found: string[] = []
  const mark = Buffer.from([0x50, 0x4b, 3, 4])
  for (let at = file.indexOf(mark); at >= 0; at = file.indexOf(mark, at + 4)) found.push(file.toString('utf8', at + 30, at + 30 + file.readUInt16LE(at + 26)))
  return found
}

test('一份工作簿：关系、名称、文字、样式在前，表在后，其余不带', async () => {
  const book = new ExcelJS.Workbook()
  for (const name of ['一', '二']) book.addWorksheet(name).addRow(['登录名', name])
  const file = Buffer.from(await book.xlsx.writeBuffer())
  const ordered = Buffer.concat(inReadingOrder(file))
  expect(names(file).indexOf('xl/worksheets/sheet1.xml')).toBeLessThan(names(file).indexOf('xl/workbook.xml'))
  expect(names(ordered)).toEqual(['xl/_rels/workbook.xml.rels', 'xl/workbook.xml', 'xl/sharedStrings.xml', 'xl/styles.xml', 'xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml'])
})

test('没有共用文字的工作簿得到一份空的；不是工作簿的、断了的被拒绝', async () => {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('数').addRow([1, 2])
  const file = Buffer.from(await book.xlsx.writeBuffer())
  expect(names(Buffer.concat(inReadingOrder(file)))).toContain('xl/sharedStrings.xml')
  expect(() => inReadingOrder(Buffer.from('not a sheet'))).toThrow('文件已损坏')
  expect(() => inReadingOrder(file.subarray(0, file.length / 2))).toThrow('文件已损坏')
  const cut = Buffer.concat([file.subarray(0, 200), file.subarray(260)])
  expect(() => inReadingOrder(cut)).toThrow('文件已损坏')
})
