// The little Markdown that the manuals use: paragraphs, lists, tables, code, bold, links. Nothing of it becomes HTML text.
import type { ReactElement, ReactNode } from 'react'
import { Link } from 'react-router'

export function Markdown({ text }: { text: string }): ReactElement {
  return <>{blocksOf(text).map((block, i) => <Block key={i} lines={block} />)}</>
}

const isItem = (line: string): boolean => /^\s*(-|\d+\.)\s/.test(line)
const kindOf = (line: string): string => (line.startsWith('|') ? 'table' : isItem(line) ? 'list' : line.startsWith('### ') ? 'head' : 'text')

/** Lines that belong together; fenced code stays whole. */
function blocksOf(text: string): string[][] {
  const blocks: string[][] = []
  let fenced = false
  for (const line of text.split('\n')) {
    const last = blocks.at(-1)
    if (line.startsWith('```')) { if (fenced) last?.push(line); else blocks.push([line]); fenced = !fenced }
    else if (fenced) last?.push(line)
    else if (line.trim() === '') blocks.push([])
    else if (last && last.length > 0 && !last[0]?.startsWith('```') && (kindOf(last[0] ?? '') === kindOf(line) || (kindOf(last[0] ?? '') === 'list' && line.startsWith(' ')))) last.push(line)
    else blocks.push([line])
  }
  return blocks.filter((block) => block.length > 0)
}

function Block({ lines }: { lines: string[] }): ReactElement {
  const [first = ''] = lines
  if (first.startsWith('```')) return <pre className="ms-help-code">{lines.slice(1, -1).join('\n')}</pre>
  if (first.startsWith('### ')) return <h3>{inline(first.slice(4))}</h3>
  if (first.startsWith('|')) return <Table lines={lines} />
  if (isItem(first)) {
    const items = lines.map((line, i) => <li key={i}>{inline(line.replace(/^\s*(-|\d+\.)\s+/, ''))}</li>)
    return /^\s*\d/.test(first) ? <ol>{items}</ol> : <ul>{items}</ul>
  }
  return <p>{lines.map((line, i) => <span key={i}>{i > 0 ? <br /> : null}{inline(line)}</span>)}</p>
}

function Table({ lines }: { lines: string[] }): ReactElement {
  const [head = [], , ...body] = lines.map((line) => line.replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim()))
  return <table className="ms-plain-table"><thead><tr>{head.map((cell, i) => <th key={i} scope="col">{inline(cell)}</th>)}</tr></thead><tbody>{body.map((row, i) => <tr key={i}>{row.map((cell, k) => <td key={k}>{inline(cell)}</td>)}</tr>)}</tbody></table>
}

const MARK = /(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\([^)]+\))/

function inline(text: string): ReactNode[] {
  return text.split(MARK).map((piece, i) => {
    if (piece.startsWith('**')) return <strong key={i}>{piece.slice(2, -2)}</strong>
    if (piece.startsWith('`')) return <code key={i}>{piece.slice(1, -1)}</code>
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(piece)
    return link ? <Anchor key={i} text={link[1] ?? ''} to={link[2] ?? ''} /> : piece
  })
}

/** Links between manuals stay in the help; others are shown as text: the product may run in a closed network. */
function Anchor({ text, to }: { text: string; to: string }): ReactElement {
  const manual = /^([\w-]+)\.md(#.+)?$/.exec(to)
  return manual ? <Link to={`/help/${manual[1] ?? ''}${manual[2] ?? ''}`}>{text}</Link> : <span>{text}</span>
}
