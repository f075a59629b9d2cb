// A workbook for tests: what city offices send.
import ExcelJS from 'exceljs'

/** A head of three levels with a slanted corner, two units, a total, and a second sheet that refers to the first. */
export async function threeLevels(): Promise<Buffer> {
  const file = new ExcelJS.Workbook()
  const sheet = file.addWorksheet('月报表', { views: [{ state: 'frozen', xSplit: 1, ySplit: 4 }], pageSetup: { orientation: 'landscape' } })
  sheet.getColumn(1).width = 22
  sheet.getCell('A1').value = '12345热线办理情况表'
  sheet.getCell('A1').style = { font: { name: '方正小标宋简体', size: 18, bold: true }, alignment: { horizontal: 'center', vertical: 'middle' } }
  sheet.getRow(1).height = 36
  sheet.mergeCells('A1:E1')
  sheet.getCell('A2').value = '单位\\指标'
  sheet.getCell('A2').border = { diagonal: { style: 'thin', down: true } }
  sheet.mergeCells('A2:A4')
  for (const [cell, value, merge] of [['B2', '办理', 'B2:E2'], ['B3', '数量', 'B3:C3'], ['D3', '质量', 'D3:E3'], ['B4', '受理', ''], ['C4', '办结', ''], ['D4', '办结率', ''], ['E4', '备注', '']] as const) {
    sheet.getCell(cell).value = value
    sheet.getCell(cell).style = { fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDDEBF7' } }, border: { top: { style: 'thin' }, bottom: { style: 'thin' } } }
    if (merge) sheet.mergeCells(merge)
  }
  for (const [i, [name, received, closed]] of ([['住建局', 40, 30], ['城管局', 10, 10]] as const).entries()) {
    sheet.getRow(5 + i).values = [name, received, closed]
    sheet.getCell(`D${5 + i}`).value = { formula: `C${5 + i}/B${5 + i}`, result: 0 }
    sheet.getCell(`D${5 + i}`).numFmt = '0.0%'
  }
  sheet.getRow(7).values = ['合计']
  sheet.getCell('B7').value = { formula: 'SUM(B5:B6)', result: 0 }
  sheet.getCell('C7').value = { formula: 'SUM(C5:C6)', result: 0 }
  sheet.getCell('D7').value = { formula: 'IFERROR(C7/B7,"–")', result: 0 }
  sheet.getCell('D7').numFmt = '0.0%'
  const second = file.addWorksheet('汇总')
  second.getCell('A1').value = { formula: '月报表!B7*2+SUM(月报表!B:B)', result: 0 }
  second.getCell('A2').value = { formula: 'A1+1', result: 0 }
  return Buffer.from(await file.xlsx.writeBuffer())
}
