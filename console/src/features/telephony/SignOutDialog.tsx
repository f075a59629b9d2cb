// 签出: what is unfinished, and the shift in figures (TEL-26).
import { Button, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Time } from '../../ui/Page.tsx'
import { stopwatch } from '../../ui/time.ts'
import { signOut } from './softphone.ts'
import { t } from './texts.zh-CN.ts'

export default function SignOutDialog({ onClose }: { onClose: () => void }): ReactElement {
  const sheet = useQueryOf('signOutSheet', {})
  const out = async () => {
    const why = await signOut()
    if (why) say(why, 'over')
    onClose()
  }
  const drafts = sheet.data?.drafts ?? []
  return (
    <Modal open title={t('signOutTitle')} onCancel={onClose} width={520} footer={<Button type="primary" danger={drafts.length > 0} onClick={() => void out()}>{drafts.length > 0 ? t('stillOut') : t('signOut')}</Button>}>
      <QueryView query={sheet}>
        {(data) => (
          <div className="ms-stack">
            <strong className={drafts.length > 0 ? 'ms-over' : undefined}>{drafts.length > 0 ? t('drafts', { n: drafts.length }) : t('noDrafts')}</strong>
            <ul className="ms-plain-list">{data.drafts.map((draft) => <li key={draft.id}><a className="ms-link" href={`/desk/call?draft=${draft.id}`}>{draft.title}</a> <Time iso={draft.savedAt} /></li>)}</ul>
            <h3 style={{ margin: 0 }}>{t('shiftSheet')}</h3>
            <Facts columns={2} items={[{ label: t('since'), value: <Time iso={data.since} /> }, { label: t('taken'), value: data.calls }, { label: t('average'), value: data.averageMs === null ? '–' : stopwatch(data.averageMs) }, { label: t('registered'), value: data.registered }, { label: t('completion'), value: data.registered === 0 ? '–' : `${((data.completed / data.registered) * 100).toFixed(1)}%` }]} />
          </div>
        )}
      </QueryView>
    </Modal>
  )
}
