// 个人标签 beside an item: one's own words to find it again, those of colleagues to like.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export function ItemLabels({ id }: { id: string }): ReactElement {
  const labels = useQueryOf('listItemPersonalLabels', { id })
  const send = useAct('listItemPersonalLabels', 'listKnowledgeLabelFilters', 'searchKnowledge')
  const [typed, setTyped] = useState('')
  const failed = (error: unknown) => say(asProblem(error).message, 'over')
  const add = () => {
    const content = typed.trim()
    if (content) void send('addPersonalLabel', { id, content }).then(() => setTyped(''), failed)
  }
  return (
    <Section title={t('ownLabels')}>
      {(labels.data?.items ?? []).length > 0 ? <ul className="ms-plain-list">{labels.data?.items.map((one) => (
        <li key={one.id} className="ms-row"><Tag tone={one.mine ? 'primary' : 'calm'}>{one.content}</Tag><span className="ms-hint" style={{ flex: 1 }}>{[one.mine ? t('mineLabel') : one.byName, one.public ? t('publicLabel') : ''].filter(Boolean).join(' · ')}</span>
          {one.mine ? <><span className="ms-hint">{t('likes', { n: one.likes })}</span>{one.public ? null : <button type="button" className="ms-link-button" onClick={() => void send('removePersonalLabel', { id: one.id }).catch(failed)}>{t('remove')}</button>}</>
            : <button type="button" className="ms-link-button" aria-pressed={one.liked} onClick={() => void send('likePersonalLabel', { id: one.id, on: !one.liked }).catch(failed)}>{one.liked ? t('liked', { n: one.likes }) : t('like', { n: one.likes })}</button>}</li>
      ))}</ul> : null}
      <div className="ms-row" style={{ flexWrap: 'nowrap', marginBlockStart: 8 }}><Input size="small" maxLength={20} value={typed} placeholder={t('labelHolder')} aria-label={t('labelHolder')} onChange={(e) => setTyped(e.target.value)} onPressEnter={add} /><Button size="small" disabled={typed.trim() === ''} onClick={add}>{t('addLabel')}</Button></div>
    </Section>
  )
}
