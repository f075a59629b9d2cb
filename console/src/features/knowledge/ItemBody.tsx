import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { Attachments } from '../../ui/Attachments.tsx'
import { DocView } from './DocView.tsx'
import type { DocNode } from './DocView.tsx'
import { t } from './texts.zh-CN.ts'

type Item = OutputOf<'getKnowledgeItem'>
type Props = { content: NonNullable<Item['content']>; fields: Item['fields']; files: Item['files']; words?: readonly string[] }

/** Summary, text, the fields of the type, attachments: what is read to a caller. */
export function ItemBody({ content, fields, files, words = [] }: Props): ReactElement {
  const body = content.body as { content: DocNode[] } // the server checks its shape
  return (
    <div>
      {content.summary ? <p className="ms-note" data-tone="info" style={{ marginBlockStart: 0 }}>{content.summary}</p> : null}
      <DocView doc={body} words={words} />
      {fields.filter((field) => field.value !== '').map((field) => <div key={field.key} className="ms-kno-field"><h4>{field.label}</h4><p>{field.value}</p></div>)}
      {([['basis', content.basis], ['source', content.source], ['contact', content.contact]] as const).filter(([, value]) => value !== '').map(([key, value]) => <div key={key} className="ms-kno-field"><h4>{t(key)}</h4><p>{value}</p></div>)}
      {files.length > 0 ? <div className="ms-kno-field"><h4>{t('attachments')}</h4><Attachments value={files} readOnly /></div> : null}
    </div>
  )
}
