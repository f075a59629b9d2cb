// 法规存证: what was done to statutes, chained by hashes; the chain is verified on demand.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

export function EvidencePart(): ReactElement {
  const { can } = useSession()
  const list = useQueryOf('listKnowledgeEvidence', {}, { enabled: can('knowledge.publish') })
  const [checked, setChecked] = useState<OutputOf<'verifyKnowledgeEvidence'> | null>(null)
  const verify = () => void call('verifyKnowledgeEvidence', {}).then(setChecked, (error: unknown) => say(asProblem(error).message, 'over'))
  if (!can('knowledge.publish')) return <Section title={t('evidence')}><Empty kind="scope" text={t('evidenceScope')} /></Section>
  return (
    <Section title={t('evidence')} flush extra={<Button size="small" onClick={verify}>{t('verify')}</Button>}>
      <p className="ms-hint" style={{ padding: '10px 16px 0', margin: 0 }}>{t('evidenceHelp')}</p>
      {checked ? <div className="ms-note" role="status" data-tone={checked.broken.length > 0 ? 'over' : 'info'} style={{ margin: '8px 16px' }}>{checked.broken.length === 0 ? t('verified', { n: checked.lines }) : checked.broken.map((one) => t('brokenAt', { n: one.seq, title: one.title, why: one.why })).join('；')}</div> : null}
      <QueryView query={list}>{({ items }) => (items.length === 0 ? <Empty kind="done" text={t('evidenceNone')} /> : (
        <table className="ms-plain-table"><thead><tr><th scope="col" className="ms-num">{t('seq')}</th><th scope="col">{t('item')}</th><th scope="col">{t('actDone')}</th><th scope="col">{t('col.version')}</th><th scope="col">{t('reason')}</th><th scope="col">{t('publisher2')}</th><th scope="col">{t('downAt')}</th><th scope="col">{t('hash')}</th></tr></thead>
          <tbody>{items.map((one) => <tr key={one.seq}><td className="ms-num">{checked?.broken.some((bad) => bad.seq === one.seq) ? <Tag tone="over">{one.seq}</Tag> : one.seq}</td><td><Link to={`/knowledge/items/${one.itemId}`}>{one.title}</Link></td><td>{one.actName}</td><td>{one.version ?? '—'}</td><td>{one.summary}</td><td>{one.byName}</td><td><Time iso={one.at} /></td><td><code title={one.hash}>{one.hash.slice(0, 12)}</code></td></tr>)}</tbody></table>
      ))}</QueryView>
    </Section>
  )
}
