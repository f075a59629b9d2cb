import { createInflateRaw } from 'node:zlib'
import { buffer } from 'node:stream/consumers'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { chartSvg, writeDocument, type Block, type DocumentContent } from './index.ts'

const content = (blocks: Block[]): DocumentContent => ({ title: '热线月报', subtitle: '2026年10月', footer: '示例市热线中心', watermark: '张某', blocks })
const chart: Block = { kind: 'chart', title: '受理渠道', chart: { kind: 'bar', categories: ['电话', '网站'], series: [{ name: '受理量', values: [9, 3] }] } }

async function pdfText(bytes: Buffer): Promise<string[]> {
  const file = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false }).promise
  const pages: string[] = []
  for (let n = 1; n <= file.numPages; n += 1) pages.push((await (await file.getPage(n)).getTextContent()).items.map((i) => ('str' in i ? i.str : '')).join(''))
  return pages
}

/** One entry of a ZIP file, by its local header. */
async function entry(zip: Buffer, name: string): Promise<string> {
  const central = zip.indexOf(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2])]))
  for (let at = central; at >= 0 && zip.readUInt32LE(at) === 0x02014b50; ) {
    const [method, size, nameLength, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)]
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const raw = zip.subarray(from, from + size)
      if (method === 0) return raw.toString('utf8')
      const inflate = createInflateRaw()
      inflate.end(raw)
      return (await buffer(inflate)).toString('utf8')
    }
    at += 46 + nameLength + extra + comment
  }
  throw new Error(`no ${name}`)
}

test('同一份内容写成 PDF、Word、Excel：文字、表格、图都在，顺序相同', async () => {
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: '总体情况' }, { kind: 'paragraph', indent: true, runs: ['本期受理 ', { text: '12', bold: true }, ' 件'] }, { kind: 'cards', cards: [{ label: '办结率', value: '97.50%', note: '环比持平' }] }, chart,
    { kind: 'table', title: '各单位', columns: [{ label: '单位' }, { label: '件数', align: 'end' }], rows: [['城管局', '12'], ['合计', '12']], totals: 1 }, { kind: 'note', text: '缺少数据：媒体加分' },
  ]
  const [pdf, docx, xlsx] = await Promise.all([writeDocument(content(blocks), 'pdf'), writeDocument(content(blocks), 'docx'), writeDocument(content(blocks), 'xlsx')])
  const inOrder = ['热线月报', '总体情况', '本期受理', '97.50%', '受理渠道', '各单位', '城管局', '媒体加分']
  const places = (text: string): number[] => inOrder.map((part) => text.indexOf(part))
  const ascending = (list: number[]): boolean => list.every((n, i) => n >= 0 && (i === 0 || n > (list[i - 1] ?? 0)))
  expect(ascending(places((await pdfText(pdf)).join('').replace(/\s/g, '')))).toBe(true)
  const xml = await entry(docx, 'word/document.xml')
  expect(ascending(places(xml.replace(/<[^>]+>/g, '')))).toBe(true)
  expect(xml).toContain('<pic:pic')
  expect(xml).toContain('<w:tblHeader/>')
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(xlsx as never)
  expect(book.worksheets.map((s) => s.name)).toEqual(['正文', '受理渠道', '各单位'])
  expect(book.getWorksheet('受理渠道')?.getRow(2).values).toEqual([, '电话', 9]) // oxlint-disable-line no-sparse-arrays -- exceljs counts from 1
})

test('长表在每页重复表头，页脚是页码和总页数', async () => {
  const pages = await pdfText(await writeDocument(content([{ kind: 'table', columns: [{ label: '工单号' }, { label: '标题', width: 30 }], rows: Array.from({ length: 120 }, (_, n) => [`N${n}`, '路灯不亮']) }]), 'pdf'))
  expect(pages.length).toBeGreaterThan(2)
  for (const [i, page] of pages.entries()) expect(page.replace(/\s/g, '')).toMatch(new RegExp(`工单号标题[\\s\\S]*${i + 1}/${pages.length}`))
})

test('控制字符、半个代理对和公式样的文字不会弄坏文件', async () => {
  const nasty = `a\u0000b\u0007\ud800=HYPERLINK("x")<w:p>&`
  const blocks: Block[] = [{ kind: 'paragraph', runs: [nasty] }, { kind: 'table', columns: [{ label: nasty }], rows: [['=1+1']] }]
  const xml = await entry(await writeDocument(content(blocks), 'docx'), 'word/document.xml')
  expect(xml).toContain('ab=HYPERLINK(&quot;x&quot;)&lt;w:p&gt;&amp;')
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await writeDocument(content(blocks), 'xlsx')) as never)
  expect(book.worksheets[1]?.getCell('A2').value).toBe("'=1+1")
  expect((await pdfText(await writeDocument(content(blocks), 'pdf')))[0]).toContain('ab=HYPERLINK')
})

test('没有数据的表写明没有，图不因空数据出错', async () => {
  const pages = await pdfText(await writeDocument(content([{ kind: 'table', columns: [{ label: '单位' }], rows: [] }, { kind: 'chart', title: '空图', chart: { kind: 'pie', categories: [], series: [] } }]), 'pdf'))
  expect(pages.join('').replace(/\s/g, '')).toContain('本期没有数据')
})

test('柱图从零开始，数值写在图上', async () => {
  const svg = await chartSvg({ kind: 'bar', categories: ['甲', '乙'], series: [{ name: '件数', values: [97, 98] }] }, { width: 400, height: 200 })
  expect(svg).toMatch(/>0</)
  expect(svg).toMatch(/>97</)
})
