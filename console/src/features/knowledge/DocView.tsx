// The text of an item, drawn node by node: nothing of it is ever HTML. Found words are marked.
import { createElement, Fragment, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { fileAddress } from '../../ui/upload.ts'

export type DocNode = { type: string; attrs?: Record<string, string | number | null | undefined> | undefined; content?: DocNode[] | undefined; text?: string | undefined; marks?: { type: string; attrs?: { href?: string | undefined } | undefined }[] | undefined }

/** The words in a text as marks; longest first. */
export function marked(text: string, words: readonly string[]): ReactNode {
  if (words.length === 0) return text
  const pattern = new RegExp(`(${words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'gi')
  return text.split(pattern).map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : part))
}

const tags: Record<string, string> = { paragraph: 'p', bulletList: 'ul', orderedList: 'ol', listItem: 'li', blockquote: 'blockquote', tableRow: 'tr', tableHeader: 'th', tableCell: 'td' }
const inlineTags: Record<string, string> = { bold: 'strong', italic: 'em', underline: 'u', strike: 's' }

function Picture({ id, alt }: { id: string; alt: string }): ReactElement {
  const [failed, setFailed] = useState(false)
  if (failed) return <p className="ms-hint">［图］{alt}</p>
  return <figure className="ms-doc-image"><a href={fileAddress(id)} target="_blank" rel="noreferrer"><img src={fileAddress(id)} alt={alt} loading="lazy" onError={() => setFailed(true)} /></a>{alt ? <figcaption>{alt}</figcaption> : null}</figure>
}

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
  if (node.type === 'image') return <Picture id={String(node.attrs?.fileId ?? '')} alt={String(node.attrs?.alt ?? '')} />
  if (node.type === 'heading') return createElement(`h${Math.min(4, Math.max(2, Number(node.attrs?.level ?? 2))) + 1}`, null, inside)
  if (node.type === 'table') return <div className="ms-doc-table"><table><tbody>{inside}</tbody></table></div>
  const tag = tags[node.type]
  const { colspan, rowspan, start } = node.attrs ?? {}
  return tag ? createElement(tag, { ...(colspan ? { colSpan: Number(colspan) } : {}), ...(rowspan ? { rowSpan: Number(rowspan) } : {}), ...(start && node.type === 'orderedList' ? { start: Number(start) } : {}) }, inside) : <Fragment>{inside}</Fragment>
}

export function DocView({ doc, words = [] }: { doc: { content: DocNode[] }; words?: readonly string[] }): ReactElement {
  return <div className="ms-doc">{doc.content.map((node, at) => <Node key={at} node={node} words={words} />)}</div>
}

/** Ids of the pictures in a text. */
export function imageIds(node: DocNode | { content?: DocNode[] | undefined }): string[] {
  const own = 'type' in node && node.type === 'image' && typeof node.attrs?.fileId === 'string' ? [node.attrs.fileId] : []
  return [...own, ...(node.content ?? []).flatMap(imageIds)]
}
