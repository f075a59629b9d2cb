import type { ReactElement } from 'react'
import { Fragment } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { t } from './texts.zh-CN.ts'

type Compared = OutputOf<'compareKnowledgeVersions'>

/** What a version changes: fields before and after, the text line by line; long stretches without a change are folded. */
export function Changes({ fields, lines }: Compared): ReactElement {
  const changed = lines.some((line) => line.mark !== 'same')
  if (fields.length === 0 && !changed) return <p className="ms-muted" style={{ padding: '8px 16px' }}>{t('noChanges')}</p>
  return (
    <>
      {fields.length > 0 ? <table className="ms-plain-table"><thead><tr><th scope="col" style={{ inlineSize: 110 }}>{t('field')}</th><th scope="col">{t('before')}</th><th scope="col">{t('after')}</th></tr></thead><tbody>{fields.map((row) => <tr key={row.field}><th scope="row">{row.label}</th><td>{row.before ? <del>{row.before}</del> : '—'}</td><td>{row.after ? <ins>{row.after}</ins> : '—'}</td></tr>)}</tbody></table> : null}
      {changed ? <div className="ms-change-lines" aria-label={t('textChanges')} style={{ padding: '8px 0' }}>{folded(lines).map((part, at) => (typeof part === 'number' ? <div key={at} className="ms-hint">{t('sameLines', { n: part })}</div> : <Fragment key={at}><div data-mark={part.mark}>{part.mark === 'added' ? '＋ ' : part.mark === 'removed' ? '－ ' : ''}{part.text}</div></Fragment>))}</div> : null}
    </>
  )
}

/** Two unchanged lines around each change stay; longer stretches become their count. */
function folded(lines: Compared['lines']): (Compared['lines'][number] | number)[] {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - 2), at + 3).some((line) => line.mark !== 'same'))
  const out: (Compared['lines'][number] | number)[] = []
  lines.forEach((line, at) => {
    const last = out.at(-1)
    if (near[at]) out.push(line)
    else if (typeof last === 'number') out[out.length - 1] = last + 1
    else out.push(1)
  })
  return out
}
