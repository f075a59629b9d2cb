// 个人标签: what colleagues call things, most liked first; an editor makes the good ones public.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export function LabelsPart(): ReactElement {
  const labels = useQueryOf('listLikedPersonalLabels', {})
  const classes = useQueryOf('listLabelClasses', {}, { staleTime: 300_000 })
  const send = useAct('listLikedPersonalLabels', 'listKnowledgeLabelFilters', 'listKnowledgeTickets')
  const [chosen, setChosen] = useState<string | null>(null)
  const offered = (classes.data?.items ?? []).filter((one) => one.state === 'active')
  const promote = async (content: string, classCode: string) => {
    const done = await send('promotePersonalLabel', { content, classCode })
    say(done.state === 'enabled' ? `${t('promoted', { n: done.sent })}${done.left[0] ? `；${done.left[0].title} ${done.left[0].message}` : ''}` : t('proposedLabel'), done.left.length > 0 ? 'over' : 'ok')
  }
  return (
    <Section title={t('labels')} flush extra={labels.data ? <span className="ms-hint">{t('promoteHint', { n: labels.data.promoteAt })}</span> : null}>
      <QueryView query={labels}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('noOwnLabels')} hint={t('noOwnLabelsHint')} /> : (
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('ownLabels')}</th><th scope="col" className="ms-num">{t('labelPeople')}</th><th scope="col" className="ms-num">{t('labelItems')}</th><th scope="col" className="ms-num">{t('labelLikes')}</th><th scope="col" /></tr></thead>
          <tbody>{data.items.map((one) => <tr key={one.content}><td>{one.content} {one.hint ? <Tag tone="near">{t('promoteNow')}</Tag> : null}</td><td className="ms-num">{one.people}</td><td className="ms-num">{one.items}</td><td className="ms-num">{one.likes}</td><td style={{ textAlign: 'end' }}><Button size="small" onClick={() => setChosen(one.content)}>{t('promote')}</Button></td></tr>)}</tbody></table>
      ))}</QueryView>
      {chosen !== null ? <ActDrawer open onClose={() => setChosen(null)} title={t('promote')} sub={chosen} notice={t('promoteHelp')} submitLabel={t('promote')} initial={{ classCode: offered[0]?.code }}
        schema={{ type: 'object', required: ['classCode'], properties: { classCode: { type: 'string', title: t('labelClass'), oneOf: offered.map((one) => ({ const: one.code, title: one.name })) } } }} submit={(values) => promote(chosen, String(values.classCode))} /> : null}
    </Section>
  )
}
