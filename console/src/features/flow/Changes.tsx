// What differs between two versions.
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

const tones = { added: 'ok', removed: 'over', changed: 'near' } as const

export function Changes({ changes }: { changes: OutputOf<'compareFlowVersions'>['changes'] }): ReactElement {
  if (changes.length === 0) return <span className="ms-muted">{t('noChanges')}</span>
  return (
    <div className="ms-flow-changes">
      <table className="ms-plain-table">
        <thead><tr><th scope="col">{t('what')}</th><th scope="col">{t('property')}</th><th scope="col">{t('before')}</th><th scope="col">{t('after')}</th></tr></thead>
        <tbody>{changes.map((one, at) => <tr key={at}><td><Tag tone={tones[one.kind]}>{t(one.kind)}</Tag> {one.what}</td><td>{one.property ?? ''}</td><td>{one.before ?? ''}</td><td>{one.after ?? ''}</td></tr>)}</tbody>
      </table>
    </div>
  )
}
