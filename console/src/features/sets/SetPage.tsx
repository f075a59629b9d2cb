// One event set: what it is about, who belongs to it, and the acts that are done once for all.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { ActBar } from '../../ui/ActBar.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { now } from '../../ui/time.ts'
import { Members } from './Members.tsx'
import { PlanSteps } from './PlanSteps.tsx'
import { SetAct } from './SetAct.tsx'
import type { SetActName } from './SetAct.tsx'
import { setTone } from './set-tones.ts'
import { t } from './texts.zh-CN.ts'

export type EventSet = OutputOf<'getEventSet'>

export default function SetPage(): ReactElement {
  const { id = '' } = useParams()
  const query = useQueryOf('getEventSet', { id }, { keepPrevious: true })
  useTopic('orders.list', ['getEventSet'])
  return <QueryView query={query}>{(set) => <Shown key={set.id} set={set} />}</QueryView>
}

function Shown({ set }: { set: EventSet }): ReactElement {
  const [act, setAct] = useState<{ name: SetActName; orderId?: string } | null>(null)
  const known = Object.fromEntries((['confirm', 'dispatch', 'answer', 'notice', 'addMembers', 'edit', 'dissolve'] as const).map((name) => [name, { danger: name === 'dissolve', run: () => setAct({ name }) }]))
  const may = (name: string): boolean => set.acts.some((one) => one.act === name && one.enabled)
  return (
    <Page title={set.title} sub={<bdi className="ms-code">{set.number}</bdi>} state={<Tag tone={setTone(set.state)}>{set.stateName}</Tag>} acts={<ActBar acts={set.acts} known={known} main={set.proposed > 0 ? 'confirm' : 'dispatch'} max={5} group={t('sets')} />}>
      <div className="ms-stack">
        <Section>
          <Facts columns={3} items={[
            { label: t('core'), value: set.core }, { label: t('c.matter'), value: set.matterName }, { label: t('c.unit'), value: set.leadUnitName },
            { label: t('communities'), value: set.communities.join('、') }, { label: t('people'), value: set.people }, { label: t('c.lead'), value: set.leadNumber ? <bdi className="ms-code">{set.leadNumber}</bdi> : null },
            { label: t('created'), value: <>{set.createdByName} <Time iso={set.createdAt} /></> }, { label: t('confirmed'), value: set.confirmedAt ? <>{set.confirmedByName} <Time iso={set.confirmedAt} /></> : null }, { label: t('dispatched'), value: set.dispatchedAt ? <Time iso={set.dispatchedAt} /> : null },
          ]} />
          {set.advice ? <p className="ms-text">{t('advice')}：{set.advice}</p> : null}
        </Section>
        {set.reply ? <Section title={t('reply')} extra={set.answeredAt ? <span className="ms-hint"><Time iso={set.answeredAt} /></span> : null}><p className="ms-text">{set.reply}</p>{set.replyBasis ? <p className="ms-hint">{t('basis')}：{set.replyBasis}</p> : null}</Section> : null}
        <Section title={t('members', { n: set.members })} flush><Members set={set} may={may('addMembers')} onRemove={(orderId) => setAct({ name: 'remove', orderId })} /></Section>
        <Section title={t('plan')}><PlanSteps set={set} may={may('edit')} at={now()} /></Section>
        {set.earlier.length > 0 ? (
          <Section title={t('earlier')}>
            <ul className="ms-plain-list">{set.earlier.map((one) => <li key={one.id}><strong>{one.title}</strong> <span className="ms-hint"><Time iso={one.answeredAt} /></span><p className="ms-text">{one.reply}</p></li>)}</ul>
          </Section>
        ) : null}
      </div>
      {act ? <SetAct key={act.name} name={act.name} orderId={act.orderId} set={set} onClose={() => setAct(null)} /> : null}
    </Page>
  )
}
