// An appeal nobody works on yet, or that somebody else holds: what may be known before picking, and the pick.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useSession } from '../../app/session.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { ClockChip, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { Waiting } from './ChannelsPage.tsx'
import { waitedFor } from './waited.ts'
import { t } from './texts.zh-CN.ts'

type Props = { row: Waiting; lockMinutes: number; busy: boolean; onPick: () => void; onRelease: () => void }

export function WaitingAppeal({ row, lockMinutes, busy, onPick, onRelease }: Props): ReactElement {
  const { can } = useSession()
  const at = useNow()
  const held = row.pick === 'other'
  return (
    <>
      <header className="ms-desk-head">
        <div className="ms-row">
          <bdi className="ms-code">{row.number}</bdi>
          <Tag tone="primary">{row.channelName}</Tag>
          <UrgencyTag urgency={row.urgency} />
          <span className="ms-grow" />
          <span className="ms-muted">{waitedFor(row.submittedAt, at)}</span>
        </div>
        <h2>{row.confidential ? t('confidential') : row.title}</h2>
      </header>
      <div className="ms-desk-body">
        <Facts columns={2} items={[
          { label: t('requester'), value: row.requesterName },
          { label: t('type'), value: row.appealTypeName },
          { label: t('matter'), value: row.matterName },
          { label: t('area'), value: row.areaName },
          { label: t('submitted'), value: <Time iso={row.submittedAt} /> },
          { label: t('field.files'), value: row.photos },
        ]} />
        {held ? (
          <div className="ms-stack">
            <div className="ms-note">{t('heldTitle', { name: row.pickedBy ?? '' })}{row.pickedUntil ? <> <ClockChip plain seconds clock={{ name: t('lock'), state: 'running', dueAt: row.pickedUntil }} /></> : null}</div>
            <span className="ms-hint">{t('foreign')}</span>
            {can('intake.releaseOthers') ? <div><Button onClick={onRelease}>{t('releaseOther')}</Button></div> : null}
          </div>
        ) : (
          <div className="ms-stack">
            <span className="ms-hint">{t('preview')}</span>
            <div className="ms-row">
              <Button type="primary" loading={busy} onClick={onPick}>{t('pick')}<kbd className="ms-kbd">p</kbd></Button>
              <span className="ms-hint">{t('pickNext', { n: lockMinutes })}</span>
            </div>
          </div>
        )}
      </div>
    </>
  )
}
