// The text of an item, drawn node by node: nothing of it is ever HTML. Found words are marked.
import { createElement, Fragment } from 'react'
import type { ReactElement, ReactNode } from 'react'

export type DocNode = { type: string; attrs?: Record<string, string | number | null | undefined> | undefined; content?: DocNode[] | undefined; text?: string | undefined; marks?: { type: string; attrs?: { href?: string | undefined } | undefined }[] | undefined }

/** The words in a text as marks; longest first. */
export function marked(text: string, words: readonly string[]): ReactNode {
  if (words.length === 0) return text
  const pattern = new RegExp(`(${words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'gi')
  return text.split(pattern).map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : part))
}

const tags: Record<string, string> = { paragraph: 'p', bulletList: 'ul', orderedList: 'ol', listItem: 'li', blockquote: 'blockquote', tableRow: 'tr', tableHeader: 'th', tableCell: 'td' }
const inlineTags: Record<string, string> = { bold: 'strong', italic: 'em', underline: 'u', strike: 's' }

function Node({ node, words }: { node: DocNode; words: readonly string[] }): ReactElement {
  const inside = (node.content ?? []).map((child, at) => <Node key={at} node={child} words={words} />)
  if (node.type === 'text') {
    return (node.marks ?? []).reduce<ReactElement>((shown, mark) => {
      if (mark.type === 'link') return <a href={mark.attrs?.href ?? '#'} target="_blank" rel="noreferrer noopener">{shown}</a>
      const tag = inlineTags[mark.type]
      return tag ? createElement(tag, null, shown) : shown
    }, <>{marked(node.text ?? '', words)}</>)
  }
  if (node.type === 'hardBreak') return <br />
  if (node.type === 'horizontalRule') return <hr />
  if (node.type === 'heading') return createElement(`h${Math.min(4, Math.max(2, Number(node.attrs?.level ?? 2))) + 1}`, null, inside)
  if (node.type === 'table') return <div className="ms-doc-table"><table><tbody>{inside}</tbody></table></div>
  const tag = tags[node.type]
  const { colspan, rowspan, start } = node.attrs ?? {}
  return tag ? createElement(tag, { ...(colspan ? { colSpan: Number(colspan) } : {}), ...(rowspan ? { rowSpan: Number(rowspan) } : {}), ...(start && node.type === 'orderedList' ? { start: Number(start) } : {}) }, inside) : <Fragment>{inside}</Fragment>
}

export function DocView({ doc, words = [] }: { doc: { content: DocNode[] }; words?: readonly string[] }): ReactElement {
  return <div className="ms-doc">{doc.content.map((node, at) => <Node key={at} node={node} words={words} />)}</div>
}
