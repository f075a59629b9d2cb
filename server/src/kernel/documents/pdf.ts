// A document as PDF by pdfmake, Chinese by the bundled Noto Sans.
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { clean, ink, textOf, toneColour, toneOf, type Block, type Cell, type DocumentContent, type Run } from './blocks.ts'
import { chartPng, fontFiles } from './draw-chart.ts'

type PdfMake = {
  setFonts(fonts: Record<string, Record<'normal' | 'bold', string>>): void
  setUrlAccessPolicy(may: () => boolean): void
  setLocalAccessPolicy(may: (path: string) => boolean): void
  createPdf(definition: Node): { getBuffer(): Promise<Buffer> }
}
type Node = Record<string, unknown>
type Place = { width: number; list: boolean }

const load = createRequire(import.meta.url)
const hash = (colour: string): string => `#${colour}`
const CHART_HEIGHT = 200
const GAP = 14
/** A heading below this share of the page would stand without its table's title, head and first row; the title of a table without the latter. */
const LOWEST = { heading: 0.85, title: 0.9 }

const run = (one: Run): Node => ({ text: clean(textOf(one)), color: hash(toneColour[toneOf(one)]), ...(typeof one !== 'string' && one.bold ? { bold: true } : {}), ...(toneOf(one) === 'doubtful' ? { background: hash(ink.nearSoft) } : {}) })
const cell = (one: Cell, align: string, bold: boolean): Node => ({ text: clean(textOf(one)), color: hash(toneColour[toneOf(one)]), alignment: align === 'end' ? 'right' : align === 'center' ? 'center' : 'left', ...(bold ? { bold: true } : {}) })

function cards(block: Extract<Block, { kind: 'cards' }>): Node {
  const across = block.cards.length <= 4 ? block.cards.length : block.cards.length % 4 === 0 ? 4 : Math.min(5, Math.ceil(block.cards.length / Math.ceil(block.cards.length / 5)))
  const body = Array.from({ length: Math.ceil(block.cards.length / across) }, (_, row) =>
    Array.from({ length: across }, (__, i): Node => {
      const card = block.cards[row * across + i]
      if (!card) return { text: '' }
      return { stack: [{ text: clean(card.label), fontSize: 9, color: hash(ink.hint) }, { text: [{ text: clean(card.value), fontSize: 18, bold: true, color: hash(ink.primary) }, { text: card.unit ? ` ${clean(card.unit)}` : '', fontSize: 9, color: hash(ink.hint) }], margin: [0, 1, 0, 0] }, { text: clean(card.note ?? ' '), fontSize: 8.5, color: hash(toneColour[card.tone ?? 'quiet']) }] }
    }))
  const layout = { hLineWidth: () => 3, vLineWidth: () => 3, hLineColor: () => '#ffffff', vLineColor: () => '#ffffff', fillColor: () => hash(ink.soft), paddingLeft: () => 9, paddingRight: () => 5, paddingTop: () => 7, paddingBottom: () => 6 }
  return { table: { widths: Array.from({ length: across }, () => '*'), body, dontBreakRows: true }, layout, margin: [-3, 4, -3, 8] }
}

function table(block: Extract<Block, { kind: 'table' }>, place: Place): Node {
  const total = block.columns.reduce((sum, c) => sum + (c.width ?? 10), 0)
  const firstTotal = block.rows.length - (block.totals ?? 0)
  const head = block.columns.map((c) => ({ text: clean(c.label), bold: true, color: hash(ink.primary), alignment: c.align === 'end' ? 'right' : c.align === 'center' ? 'center' : 'left' }))
  const rows = block.rows.length === 0 ? [[{ text: block.empty ?? '本期没有数据', colSpan: block.columns.length, alignment: 'center', color: hash(ink.hint), margin: [0, 6, 0, 6] }, ...block.columns.slice(1).map(() => ({}))]] : block.rows.map((r, at) => block.columns.map((c, i) => cell(r[i] ?? '', c.align ?? 'start', at >= firstTotal)))
  const body = {
    fontSize: place.width < 400 || place.list ? 8 : 9,
    table: { headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 1, widths: block.columns.map((c) => `${(((c.width ?? 10) / total) * 100).toFixed(2)}%`), body: [head, ...rows] },
    layout: {
      hLineWidth: (i: number, node: { table: { body: unknown[] } }) => (i === 0 || i === 1 || i === node.table.body.length ? 0.9 : 0.4), vLineWidth: () => 0, hLineColor: (i: number, node: { table: { body: unknown[] } }) => hash(i === 0 || i === 1 || i === node.table.body.length ? ink.primary : ink.line),
      fillColor: (i: number) => (i === 0 ? hash(ink.primarySoft) : i - 1 >= firstTotal ? hash(ink.sunk) : i % 2 === 0 ? hash(ink.soft) : null), paddingTop: () => 3.5, paddingBottom: () => 3.5, paddingLeft: () => 5, paddingRight: () => 5,
    },
    margin: [0, 2, 0, 10],
  }
  return block.title ? { stack: [{ text: clean(block.title), bold: true, fontSize: 10, margin: [0, 4, 0, 2], headlineLevel: 3 }, body] } : body
}

function nodeOf(block: Block, place: Place): Node {
  switch (block.kind) {
    case 'heading':
      return block.level === 1
        ? { table: { dontBreakRows: true, widths: [3, '*'], body: [[{ text: '', fillColor: hash(ink.primary) }, { text: clean(block.text), bold: true, fontSize: 14, color: hash(ink.primary), margin: [5, 0, 0, 0] }]] }, layout: { defaultBorder: false, hLineWidth: () => 0, vLineWidth: () => 0, paddingLeft: () => 0, paddingRight: () => 0, paddingTop: () => 0, paddingBottom: () => 0 }, margin: [0, 12, 0, 7], headlineLevel: 1 }
        : { text: clean(block.text), bold: true, fontSize: 11.5, margin: [0, 6, 0, 4], headlineLevel: 2 }
    case 'paragraph':
      return { text: block.runs.map(run), fontSize: block.size === 'small' ? 8.5 : 10.5, lineHeight: 1.45, margin: [0, 0, 0, 5], alignment: block.align === 'center' ? 'center' : block.align === 'end' ? 'right' : 'left', ...(block.indent ? { leadingIndent: 21 } : {}) }
    case 'cards': return cards(block)
    case 'table': return table(block, place)
    case 'chart': {
      const size = { width: place.width, height: block.height ?? CHART_HEIGHT }
      return { unbreakable: true, stack: [...(block.title ? [{ text: clean(block.title), bold: true, fontSize: 10, margin: [0, 2, 0, 3] }] : []), { image: `data:image/png;base64,${chartPng(block.chart, { width: Math.round(size.width * 1.25), height: Math.round(size.height * 1.25) }).toString('base64')}`, ...size }], margin: [0, 4, 0, 10] }
    }
    case 'row': {
      const width = (place.width - GAP * (block.blocks.length - 1)) / Math.max(1, block.blocks.length)
      return { unbreakable: block.blocks.every((b) => b.kind === 'chart'), columns: block.blocks.map((b) => ({ width, stack: [nodeOf(b, { ...place, width })] })), columnGap: GAP }
    }
    case 'note':
      return { table: { widths: ['*'], body: [[{ text: clean(block.text), fontSize: 9, color: hash(ink.near) }]] }, layout: { hLineWidth: () => 0, vLineWidth: (i: number) => (i === 0 ? 2 : 0), vLineColor: () => hash(ink.near), fillColor: () => hash(ink.nearSoft), paddingLeft: () => 8, paddingTop: () => 4, paddingBottom: () => 4 }, margin: [0, 3, 0, 8] }
    case 'break': return { text: '', pageBreak: 'after' }
  }
}

const unbroken = (block: Block | undefined): boolean => block?.kind === 'chart' || block?.kind === 'cards' || (block?.kind === 'row' && block.blocks.every((b) => b.kind === 'chart'))

/** A heading goes to the next page with the picture under it. */
function nodesOf(blocks: readonly Block[], place: Place): Node[] {
  const nodes: Node[] = []
  for (let i = 0; i < blocks.length; i += 1) {
    const [block, next] = [blocks[i], blocks[i + 1]]
    if (!block) continue
    if (block.kind === 'heading' && next && unbroken(next)) {
      nodes.push({ unbreakable: true, stack: [{ ...nodeOf(block, place), headlineLevel: undefined }, nodeOf(next, place)] })
      i += 1
    } else nodes.push(nodeOf(block, place))
  }
  return nodes
}

const masthead = (content: DocumentContent, width: number): Node[] => [
  { text: clean(content.title), bold: true, fontSize: 24, color: hash(ink.primary), alignment: 'center', margin: [0, 6, 0, 5] },
  ...(content.subtitle ? [{ text: clean(content.subtitle), fontSize: 10.5, color: hash(ink.quiet), alignment: 'center', margin: [0, 0, 0, 7] }] : []),
  { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 2.2, lineColor: hash(ink.primary) }, { type: 'line', x1: 0, y1: 3, x2: width, y2: 3, lineWidth: 0.6, lineColor: hash(ink.primary) }], margin: [0, 0, 0, 8] },
]

function definitionOf(content: DocumentContent): Node {
  const list = content.masthead === false
  const side = list ? 24 : 48
  const width = (content.landscape ? 841.89 : 595.28) - side * 2
  const place: Place = { width, list }
  return {
    pageSize: 'A4', pageOrientation: content.landscape ? 'landscape' : 'portrait', pageMargins: [side, list ? 40 : 50, side, list ? 36 : 46], defaultStyle: { font: 'hans', fontSize: list ? 8 : 10, color: hash(ink.text) }, compress: true,
    info: { title: clean(content.title) },
    // AES of 256 bits; without an owner's password of its own the reader's would open every right.
    ...(content.password ? { version: '1.7ext3', userPassword: content.password, ownerPassword: randomUUID(), permissions: { printing: 'highResolution', copying: false, modifying: false } } : {}),
    ...(content.watermark ? { watermark: { text: clean(content.watermark), color: '#888888', opacity: 0.12, fontSize: 28, angle: -30 } } : {}),
    header: (page: number) => list ? { text: clean(content.title), margin: [side, 14, side, 0], bold: true, fontSize: 11 } : page === 1 ? null : { columns: [{ text: clean(content.title) }, { text: clean(content.header ?? ''), alignment: 'right' }], margin: [side, 24, side, 0], fontSize: 8, color: hash(ink.hint) },
    footer: (page: number, pages: number) => ({ columns: [{ text: clean(content.footer ?? '') }, { text: `${page} / ${pages}`, alignment: 'right' }], margin: [side, list ? 10 : 16, side, 0], fontSize: list ? 7 : 8, color: hash(ink.hint) }),
    pageBreakBefore: (node: { headlineLevel?: number; startPosition?: { verticalRatio: number } }) => node.headlineLevel !== undefined && (node.startPosition?.verticalRatio ?? 0) > LOWEST[node.headlineLevel === 3 ? 'title' : 'heading'],
    content: [...(list ? [] : masthead(content, width)), ...nodesOf(content.blocks, place)],
  }
}

export async function pdfOf(content: DocumentContent): Promise<Buffer> {
  const pdf = load('pdfmake') as PdfMake // the package ships no types
  pdf.setFonts({ hans: { normal: fontFiles.normal, bold: fontFiles.bold } })
  // Texts come from orders: nothing in them may make the maker read addresses or files.
  pdf.setUrlAccessPolicy(() => false)
  pdf.setLocalAccessPolicy((path) => path.startsWith(fontFiles.folder))
  return pdf.createPdf(definitionOf(content)).getBuffer()
}
