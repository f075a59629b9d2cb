// The streaming reader of Excel files sets a sheet aside in a file of its own when it comes before what it refers to, and then now and
// again loses the entries behind it (one file in some hundred). Given names, texts and styles first, it reads straight through. The
// packed bytes are only put into another order, never unpacked here.

/** What reading a table needs, in the order in which the reader can use it at once. */
const ORDER = [/^xl\/_rels\/workbook\.xml\.rels$/, /^xl\/workbook\.xml$/, /^xl\/sharedStrings\.xml$/, /^xl\/styles\.xml$/, /^xl\/worksheets\/sheet\d+\.xml$/]
const TEXTS = 2
const NO_TEXTS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const ENCRYPTED = 1

type Entry = { name: Buffer; method: number; crc: number; packed: Buffer; size: number; rank: number; number: number }

/**
 * The file with only those entries, in that order (ZIP, APPNOTE 4.3).
 * @throws Error with a Chinese message when it is no such file
 */
export function inReadingOrder(file: Buffer): Buffer[] {
  const entries = entriesOf(file)
  if (!entries.some((e) => e.rank === ORDER.length - 1)) throw new Error('不是 Excel 工作簿（xlsx）')
  if (!entries.some((e) => e.rank === TEXTS)) {
    const packed = Buffer.from(NO_TEXTS)
    entries.push({ name: Buffer.from('xl/sharedStrings.xml'), method: 0, crc: 0, packed, size: packed.length, rank: TEXTS, number: 0 })
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  return [...entries.toSorted((a, b) => a.rank - b.rank || a.number - b.number).flatMap((e) => [localHeader(e), e.name, e.packed]), end]
}

function entriesOf(file: Buffer): Entry[] {
  const broken = new Error('文件已损坏，或不是 Excel 工作簿（xlsx）')
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > file.length) throw broken
  const found: Entry[] = []
  let at = file.readUInt32LE(end + 16)
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== CENTRAL) throw broken
    const name = file.subarray(at + 46, at + 46 + file.readUInt16LE(at + 28))
    const text = name.toString('utf8')
    const rank = ORDER.findIndex((one) => one.test(text))
    if (rank >= 0) {
      if (file.readUInt16LE(at + 8) & ENCRYPTED) throw new Error('文件有密码，请去掉密码后再导入')
      const local = file.readUInt32LE(at + 42)
      if (local + 30 > file.length || file.readUInt32LE(local) !== LOCAL) throw broken
      const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
      const packed = file.subarray(from, from + file.readUInt32LE(at + 20))
      if (packed.length !== file.readUInt32LE(at + 20)) throw broken
      found.push({ name, method: file.readUInt16LE(at + 10), crc: file.readUInt32LE(at + 16), packed, size: file.readUInt32LE(at + 24), rank, number: Number(/(\d+)\.xml$/.exec(text)?.[1] ?? 0) })
    }
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return found
}

/** With its sizes, which some programs write behind the content instead. */
function localHeader(e: Entry): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(LOCAL, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(e.method, 8)
  head.writeUInt32LE(e.crc, 14)
  head.writeUInt32LE(e.packed.length, 18)
  head.writeUInt32LE(e.size, 22)
  head.writeUInt16LE(e.name.length, 26)
  return head
}
