// A document as a workbook: the text on the first sheet, every table and the numbers of every chart on one of their own.
import ExcelJS from 'exceljs'
import { neutralise } from '../sheets/index.ts'
import { clean, textOf, type Block, type DocumentContent } from './blocks.ts'

type Sheet = { title: string; head: string[]; rows: (string | number | null)[][] }

/** Plain numbers become numbers, so that they can be summed. */
const value = (text: string): string | number => (/^-?\d{1,15}(\.\d{1,6})?$/.test(text) && !/^0\d/.test(text) ? Number(text) : neutralise(clean(text)))

function sheetsOf(block: Block): Sheet[] {
  switch (block.kind) {
    case 'table': return [{ title: block.title ?? '表', head: block.columns.map((c) => c.label), rows: block.rows.map((r) => r.map((c) => value(textOf(c)))) }]
    case 'chart': {
      const { chart } = block
      if (chart.kind === 'points') return [{ title: block.title ?? '图', head: ['', chart.axes?.x ?? '', chart.axes?.y ?? ''], rows: (chart.points ?? []).map((p) => [p.name, p.x, p.y]) }]
      return [{ title: block.title ?? '图', head: ['', ...chart.series.map((s) => s.name)], rows: chart.categories.map((name, i) => [neutralise(clean(name)), ...chart.series.map((s) => s.values[i] ?? null)]) }]
    }
    case 'row': return block.blocks.flatMap(sheetsOf)
    default: return []
  }
}

function linesOf(block: Block): string[][] {
  switch (block.kind) {
    case 'heading': return [[''], [block.text]]
    case 'paragraph': return [[block.runs.map(textOf).join('')]]
    case 'note': return [[block.text]]
    case 'cards': return block.cards.map((c) => [c.label, c.value, c.unit ?? '', c.note ?? ''])
    default: return []
  }
}

export async function workbookOf(content: DocumentContent): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const text = book.addWorksheet('正文')
  text.getColumn(1).width = 60
  text.addRow([neutralise(clean(content.title))]).font = { bold: true, size: 16 }
  if (content.subtitle) text.addRow([neutralise(clean(content.subtitle))])
  for (const block of content.blocks) {
    for (const line of linesOf(block)) {
      const row = text.addRow(line.map((part, i) => (i > 0 ? value(part) : neutralise(clean(part)))))
      row.alignment = { wrapText: true, vertical: 'top' }
      if (block.kind === 'heading') row.font = { bold: true }
    }
  }
  const taken = new Set(['正文'])
  for (const one of content.blocks.flatMap(sheetsOf)) {
    const base = clean(one.title).replace(/[\\/?*:[\]']/g, ' ').slice(0, 26) || '表'
    let name = base
    for (let n = 2; taken.has(name); n += 1) name = `${base} ${n}`
    taken.add(name)
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.addRow(one.head.map((h) => neutralise(clean(h)))).font = { bold: true }
    for (const row of one.rows) sheet.addRow(row)
    sheet.columns.forEach((c, i) => { c.width = i === 0 ? 24 : 14 })
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}
