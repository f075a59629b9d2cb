// Real small files, made here: what people have on their desks is read, what is broken or hostile is refused in words.
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { writeXlsx } from '../../../kernel/sheets/index.ts'
import { document, plainText } from '../document.ts'
import { documentOf, readable, textOfFile } from './read-document.ts'

const source = (name: string, bytes: Buffer) => ({ name, size: bytes.length, open: async () => Readable.from([bytes]) })

/** A ZIP without compression. */
function zip(files: Record<string, string>): Buffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)]
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt32LE(crc32(data), 10)
    head.writeUInt32LE(data.length, 14)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt16LE(path.length, 22)
    const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, path, data])
    const where = Buffer.alloc(14)
    where.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, where, path]))
    parts.push(entry)
    at += entry.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06', 'latin1'), end])
}

const word = (body: string): Buffer => zip({
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
})
const line = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

/** One page whose font says by a table which characters its codes mean. */
function pdf(text: string): Buffer {
  const codes = [...new Set(text)]
  const hex = (n: number): string => n.toString(16).padStart(4, '0')
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def 1 begincodespacerange <0000> <ffff> endcodespacerange ${codes.length} beginbfchar ${codes.map((one, at) => `<${hex(at + 1)}> <${hex(one.codePointAt(0) ?? 0)}>`).join(' ')} endbfchar endcmap end end`
  const page = `BT /F1 12 Tf 50 700 Td <${[...text].map((one) => hex(codes.indexOf(one) + 1)).join('')}> Tj ET`
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', '<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>', `<</Length ${page.length}>>\nstream\n${page}\nendstream`,
    '<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>', '<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor 8 0 R>>', `<</Length ${map.length}>>\nstream\n${map}\nendstream`,
    '<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>']
  let out = '%PDF-1.4\n'
  const places = objects.map((one, at) => {
    const place = out.length
    out += `${at + 1} 0 obj\n${one}\nendobj\n`
    return place
  })
  const table = out.length
  return Buffer.from(`${out}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF`, 'latin1')
}

test('Word 的段落和表格读成正文，正文可存', async () => {
  const table = `<w:tbl><w:tr>${['项目', '金额'].map((one) => `<w:tc>${line(one)}</w:tc>`).join('')}</w:tr><w:tr>${['押金', '八十元'].map((one) => `<w:tc>${line(one)}</w:tc>`).join('')}</w:tr></w:tbl>`
  const file = source('退费办法.docx', word(line('第一条 室温不达标的可以退费。') + table))
  const doc = await documentOf(file)
  expect(document.safeParse(doc).success).toBe(true)
  expect(plainText(doc)).toBe('第一条 室温不达标的可以退费。\n项目 | 金额\n押金 | 八十元')
  expect(await textOfFile(file)).toContain('八十元')
})

test('PDF 的中文按字体对照表读出', async () => {
  expect((await textOfFile(source('通告.pdf', pdf('供热退费五日内到账')))).trim()).toBe('供热退费五日内到账')
})

test('只在表格里出现的词读得到', async () => {
  const bytes = await buffer(writeXlsx({ columns: [{ key: 'a', label: '项目' }, { key: 'b', label: '金额' }], rows: [{ a: '窨井盖押金', b: 80 }] }))
  expect(await textOfFile(source('收费表.xlsx', bytes))).toContain('窨井盖押金 80')
})

test('网页去掉脚本；国标编码的文本不乱码', async () => {
  expect(await textOfFile(source('页面.html', Buffer.from('<html><body><script>alert(1)</script><p>办理时间</p></body></html>')))).toBe('办理时间')
  expect(await textOfFile(source('说明.txt', Buffer.from([0xb9, 0xa9, 0xc8, 0xc8])))).toBe('供热')
})

test.each([['坏的.docx', Buffer.from('这不是 Word 文件')], ['坏的.pdf', Buffer.from('%PDF-1.4 broken')], ['带宏.docm', Buffer.from('x')], ['程序.exe', Buffer.from('MZ')]])('%s 说明不能读取，不影响服务', async (name, bytes) => {
  await expect(documentOf(source(name, bytes))).rejects.toMatchObject({ code: 'knowledge.unreadableDocument' })
  expect(readable({ name: '大.pdf', size: 40 * 1024 * 1024 })).toBe(false)
})
