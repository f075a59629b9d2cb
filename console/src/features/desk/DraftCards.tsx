// Unfinished registrations as cards; each can be brought back to any of its kept generations.
import { useQueryClient } from '@tanstack/react-query'
import { Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { confirm } from '../../ui/confirm.tsx'
import { dropDraft } from '../../ui/drafts.ts'
import { ProblemLine } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { when } from '../../ui/time.ts'
import { Part } from '../../ui/DeskPart.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type Draft = OutputOf<'listDrafts'>['items'][number]

export function DraftCards({ draftId, onOpen }: { draftId: string; onOpen: (id: string) => void }): ReactElement {
  const drafts = useQueryOf('listDrafts', { limit: 20 })
  const items = drafts.data?.items ?? []
  return (
    <Part title={t('cards')} extra={drafts.data ? <span className="ms-hint">{drafts.data.count.value}</span> : null}>
      {drafts.error ? <ProblemLine problem={drafts.error} onRetry={() => void drafts.refetch()} /> : null}
      {drafts.data && items.length === 0 ? <span className="ms-hint">{t('noCards')}</span> : null}
      <ul className="ms-cards">{items.map((draft) => <DraftCard key={draft.id} draft={draft} current={draft.id === draftId} onOpen={onOpen} />)}</ul>
    </Part>
  )
}

function DraftCard({ draft, current, onOpen }: { draft: Draft; current: boolean; onOpen: (id: string) => void }): ReactElement {
  const client = useQueryClient()
  const [menu, setMenu] = useState(false)
  const whole = useQueryOf('getDraft', { id: draft.id }, { enabled: menu, staleTime: 0 })
  const title = draft.title || t('untitled')
  const restore = async (generation: number) => {
    try {
      await call('restoreDraft', { id: draft.id, generation })
      // the copy on this machine is the newer one by its clock: it must not win over what was asked for
      dropDraft(`desk-call:${draft.id}`)
      await client.invalidateQueries({ queryKey: ['listDrafts'] })
      say(t('restored', { n: generation }))
      onOpen(draft.id)
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const remove = async () => {
    if (!(await confirm({ title: t('removeAsk', { title }), text: t('removeText'), verb: t('removeVerb'), danger: true }))) return
    try {
      await call('deleteDraft', { id: draft.id })
      dropDraft(`desk-call:${draft.id}`)
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
    await client.invalidateQueries({ queryKey: ['listDrafts'] })
  }
  const generations = (whole.data?.generations ?? []).map((one) => ({ key: String(one.generation), label: t('generation', { n: one.generation, time: when(one.savedAt) }), onClick: () => void restore(one.generation) }))
  return (
    <li className="ms-card-line" data-current={current || undefined}>
      <button type="button" className="ms-card-open" onClick={() => onOpen(draft.id)} disabled={current}>
        <span className="ms-ellipsis">{title}</span>
        {current ? <Tag tone="primary">{t('cardNow')}</Tag> : <span className="ms-hint"><Time iso={draft.savedAt} /></span>}
      </button>
      <Dropdown open={menu} onOpenChange={setMenu} trigger={['click']} menu={{ items: generations }}>
        <button type="button" className="ms-icon-button"><Icon name="undo" size={14} label={`${t('generations')} ${title}`} /></button>
      </Dropdown>
      {current ? null : <button type="button" className="ms-icon-button" onClick={() => void remove()}><Icon name="close" size={14} label={`${t('remove')} ${title}`} /></button>}
    </li>
  )
}
