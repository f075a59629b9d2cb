// The text of a knowledge item, drawn node by node: conclusion first, then the text, what to bring, basis, contact, attachments.
import { createElement, Fragment } from 'react'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { Card } from '../../kit/Blocks.tsx'
import './questions.css'
import { t } from './texts.zh-CN.ts'

type Body = NonNullable<OutputOf<'openQuestion'>['body']>
type Node = { type: string; attrs?: Record<string, string | number | null | undefined>; content?: Node[]; text?: string; marks?: { type: string; attrs?: { href?: string } }[] }

const tags: Record<string, string> = { paragraph: 'p', bulletList: 'ul', orderedList: 'ol', listItem: 'li', blockquote: 'blockquote', tableRow: 'tr', tableHeader: 'th', tableCell: 'td', bold: 'strong', italic: 'em', underline: 'u', strike: 's' }

function Drawn({ node }: { node: Node }): ReactElement {
  if (node.type === 'text') return (node.marks ?? []).reduce<ReactElement>((shown, mark) => (mark.type === 'link' ? <a href={mark.attrs?.href ?? '#'} rel="noreferrer noopener" target="_blank">{shown}</a> : createElement(tags[mark.type] ?? 'span', null, shown)), <>{node.text}</>)
  if (node.type === 'hardBreak') return <br />
  if (node.type === 'horizontalRule') return <hr />
  if (node.type === 'image') return <figure className="q-image"><img src={`/api/public/attachments/${String(node.attrs?.fileId ?? '')}`} alt={String(node.attrs?.alt ?? '')} loading="lazy" />{node.attrs?.alt ? <figcaption className="k-hint">{String(node.attrs.alt)}</figcaption> : null}</figure>
  const inside = (node.content ?? []).map((child, at) => <Drawn key={at} node={child} />)
  if (node.type === 'heading') return <h3>{inside}</h3>
  if (node.type === 'table') return <div className="q-table"><table><tbody>{inside}</tbody></table></div>
  const tag = tags[node.type]
  return tag ? createElement(tag, null, inside) : <Fragment>{inside}</Fragment>
}

/** The nodes of a text; nothing where it is empty. */
export function Doc({ doc }: { doc: unknown }): ReactElement | null {
  const { content } = doc as { content: Node[] } // the server checks its shape
  return content.length === 0 ? null : <div className="q-doc">{content.map((node, at) => <Drawn key={at} node={node} />)}</div>
}

export function KnowledgeBody({ body }: { body: Body }): ReactElement {
  const facts = [...body.fields, ...(body.basis ? [{ label: t('basis'), value: body.basis }] : []), ...(body.contact ? [{ label: t('contact'), value: body.contact }] : [])]
  return (
    <>
      <Card>
        {body.summary ? <p><strong>{body.summary}</strong></p> : null}
        <Doc doc={body.doc} />
      </Card>
      {facts.length > 0 ? <Card><dl className="q-facts">{facts.map((fact) => <div key={fact.label}><dt>{fact.label}</dt><dd className="k-pre">{fact.value}</dd></div>)}</dl></Card> : null}
      {body.files.length > 0 ? <Card title={t('files')}><ul className="k-stack" data-gap="small">{body.files.map((file) => <li key={file.id}><a href={`/api/public/attachments/${file.id}`} target="_blank" rel="noreferrer">{file.name}</a></li>)}</ul></Card> : null}
    </>
  )
}
