// 外地共享: what other hotlines share with us, and what we share with whom and what came of it.
import { Button, Input, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { useSettled } from './SearchPage.tsx'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'
import './knowledge.css'

export default function SharedPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const side = search.get('side') === 'out' && can('knowledge.publish') ? 'out' : 'in'
  return (
    <Page title={t('shared')} help="knowledge" state={can('knowledge.publish') ? <Segmented size="small" value={side} options={[{ value: 'in', label: t('sharedIn') }, { value: 'out', label: t('sharedOut') }]} onChange={(next) => setSearch(next === 'out' ? { side: 'out' } : {})} /> : null}>
      {side === 'out' ? <Outgoing /> : <Incoming start={search.get('q') ?? ''} />}
    </Page>
  )
}

function Incoming({ start }: { start: string }): ReactElement {
  const [typed, setTyped] = useState(start)
  const q = useSettled(typed.trim(), 300)
  const shared = useQueryOf('listSharedKnowledge', { q }, { keepPrevious: true })
  return (
    <Section title={<Input allowClear size="small" style={{ inlineSize: 320 }} value={typed} maxLength={200} placeholder={t('hint')} aria-label={t('box')} onChange={(e) => setTyped(e.target.value)} />} flush>
      <QueryView query={shared}>{(data) => (data.items.length === 0 ? <Empty kind={q ? 'filter' : 'done'} text={q ? t('none') : t('sharedNone')} hint={q ? '' : t('sharedNoneHint')} /> : (
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('col.title')}</th><th scope="col">{t('fromHotline')}</th><th scope="col">{t('col.type')}</th><th scope="col">{t('col.owner')}</th><th scope="col">{t('publisher')}</th></tr></thead>
          <tbody>{data.items.map((one) => <tr key={one.tenantId + one.id}><td><Link to={`/knowledge/shared/${one.tenantId}/${one.id}`}>{one.title}</Link> {one.pushed ? <Tag tone="near">{t('pushedTag')}</Tag> : null}{one.excerpt ? <div className="ms-hint">{one.excerpt}</div> : null}</td><td>{one.tenantName}</td><td>{one.typeName}</td><td>{one.ownerUnitName}</td><td><Time iso={one.publishedAt} /></td></tr>)}</tbody></table>
      ))}</QueryView>
    </Section>
  )
}

function Outgoing(): ReactElement {
  const shares = useQueryOf('listKnowledgeShares', {})
  const send = useAct('listKnowledgeShares')
  const [open, setOpen] = useState<string | null>(null)
  const set = async (id: string, state: 'active' | 'suspended' | 'cancelled') => {
    if (state === 'cancelled' && !(await confirm({ title: t('cancelShare'), text: t('cancelShareText'), verb: t('cancelShare'), danger: true }))) return
    await send('setKnowledgeShare', { id, state }).then(() => say(t(`shareState.${state}`)), (error: unknown) => say(asProblem(error).message, 'over'))
  }
  return (
    <Section title={t('sharedOut')} flush>
      <QueryView query={shares}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('nothing')} /> : (
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('col.title')}</th><th scope="col">{t('shareTo')}</th><th scope="col">{t('shareKind')}</th><th scope="col">{t('shareState')}</th><th scope="col">{t('shareUse')}</th><th scope="col">{t('publisher')}</th><th scope="col" /></tr></thead>
          <tbody>{data.items.map((one) => (
            <tr key={one.id}><td>{one.what === 'item' ? <Link to={`/knowledge/items/${one.objectId}`}>{one.title}</Link> : <>{t('shareDirectory')}：{one.title}</>}{open === one.id ? <Uses id={one.id} /> : null}</td><td>{one.targetName}</td><td>{one.kind === 'push' ? t('pushedTag') : t('share')}</td><td><Tag tone={one.state === 'active' ? 'ok' : one.state === 'suspended' ? 'near' : 'calm'}>{t(`shareState.${one.state}`)}</Tag></td>
              <td><button type="button" className="ms-link-button" aria-expanded={open === one.id} onClick={() => setOpen(open === one.id ? null : one.id)}>{t('shareUseText', one)}</button></td><td>{one.sharedByName} <Time iso={one.sharedAt} /></td>
              <td><span className="ms-row" style={{ flexWrap: 'nowrap', justifyContent: 'flex-end' }}>{one.state === 'cancelled' ? null : <><Button size="small" onClick={() => void set(one.id, one.state === 'active' ? 'suspended' : 'active')}>{one.state === 'active' ? t('suspendShare') : t('resumeShare')}</Button><Button size="small" danger onClick={() => void set(one.id, 'cancelled')}>{t('cancelShare')}</Button></>}</span></td></tr>
          ))}</tbody></table>
      ))}</QueryView>
    </Section>
  )
}

function Uses({ id }: { id: string }): ReactElement {
  const uses = useQueryOf('listKnowledgeShareUses', { id })
  return <QueryView query={uses}>{(data) => <ul className="ms-plain-list">{data.items.length === 0 ? <li className="ms-hint">{t('nothing')}</li> : data.items.map((one) => <li key={one.id}>{t(`use.${one.kind}`)}：{one.note} <span className="ms-hint">{[one.unitName, one.byName].filter(Boolean).join(' ')} <Time iso={one.at} /></span></li>)}</ul>}</QueryView>
}
