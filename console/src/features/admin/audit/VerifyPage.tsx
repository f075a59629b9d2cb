// Verification of the sealed stores: runs through the chain in steps and names every place where it does not hold.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { ProblemLine, QueryView } from '../../../ui/Empty.tsx'
import { count } from '../../../ui/numbers.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

type Finding = OutputOf<'verifyAudit'>['findings'][number]
type Outcome = { store: string; links: number; rows: number; findings: Finding[]; done: boolean; stopped: boolean }

export default function VerifyPage(): ReactElement {
  const stores = useQueryOf('listSealedStores', {})
  const [outcomes, setOutcomes] = useState<Record<string, Outcome>>({})
  const [running, setRunning] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const stop = useRef(false)

  const verify = async (store: string) => {
    setRunning(store)
    let outcome: Outcome = { store, links: 0, rows: 0, findings: [], done: false, stopped: false }
    for (let fromSeq: number | null = 1; fromSeq !== null; ) {
      const part: OutputOf<'verifyAudit'> = await call('verifyAudit', { store, fromSeq })
      fromSeq = stop.current ? null : part.nextSeq
      outcome = { store, links: outcome.links + part.links, rows: outcome.rows + part.rows, findings: [...outcome.findings, ...part.findings], done: fromSeq === null, stopped: stop.current && part.nextSeq !== null }
      setOutcomes((before) => ({ ...before, [store]: outcome }))
    }
  }
  const run = async (names: string[]) => {
    stop.current = false
    setProblem(null)
    try {
      for (const name of names) if (!stop.current) await verify(name)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setRunning(null)
    }
  }
  const nameOf = (store: string) => (store === 'audit' ? t('store_audit') : store === 'timeline' ? t('store_timeline') : store)
  return (
    <Page title={t('verifyTitle')} help="audit" acts={<>
      <Link to="/admin/audit"><Button type="text">{t('title')}</Button></Link>
      {running ? <Button onClick={() => { stop.current = true }}>{t('stop')}</Button> : <Button type="primary" disabled={!stores.data?.items.length} onClick={() => void run((stores.data?.items ?? []).map((one) => one.store))}>{t('checkAll')}</Button>}
    </>}>
      {problem ? <ProblemLine problem={problem} /> : null}
      <Section title={t('stores')} extra={<span className="ms-hint">{t('verifyHint')}</span>} flush>
        <QueryView query={stores}>
          {(data) => (
            <table className="ms-plain-table">
              <thead><tr><th scope="col">{t('store')}</th><th scope="col" className="ms-num">{t('links')}</th><th scope="col">{t('lastSeal')}</th><th scope="col">{t('result')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((one) => {
                const outcome = outcomes[one.store]
                return (
                  <tr key={one.store}>
                    <td>{nameOf(one.store)}</td><td className="ms-num">{count(one.links)}</td><td><Time iso={one.lastSeal} /></td>
                    <td role="status">{running === one.store && !outcome?.done ? t('checking', { rows: count(outcome?.rows ?? 0) }) : !outcome ? <span className="ms-hint">{t('notChecked')}</span> : outcome.findings.length ? <Tag tone="over" icon="warning">{t('broken', { n: outcome.findings.length })}</Tag> : outcome.stopped ? <Tag tone="near">{t('stopped')}</Tag> : <Tag tone="ok" icon="check">{t('intact')}</Tag>}</td>
                    <td className="ms-num"><Button size="small" disabled={running !== null} onClick={() => void run([one.store])}>{t('check')}</Button></td>
                  </tr>
                )
              })}</tbody>
            </table>
          )}
        </QueryView>
      </Section>
      {Object.values(outcomes).filter((outcome) => outcome.done).map((outcome) => (
        <Section key={outcome.store} title={t('resultTitle', { store: nameOf(outcome.store) })} flush={outcome.findings.length > 0}>
          {outcome.findings.length === 0 ? <span>{t('intactText', { links: count(outcome.links), rows: count(outcome.rows) })}</span> : (
            <>
              <p className="ms-field-error" style={{ margin: '0 16px 8px' }}>{t('brokenText', { links: count(outcome.links), rows: count(outcome.rows) })}</p>
              <table className="ms-plain-table">
                <thead><tr><th scope="col" className="ms-num">{t('seq')}</th><th scope="col">{t('findingKind')}</th><th scope="col">{t('at')}</th><th scope="col">{t('place')}</th></tr></thead>
                <tbody>{outcome.findings.map((finding) => <tr key={`${finding.seq}-${finding.kind}-${finding.id ?? ''}`}><td className="ms-num">{finding.seq}</td><td><Tag tone="over">{t(finding.kind)}</Tag></td><td>{when(finding.at)}</td><td>{finding.text}</td></tr>)}</tbody>
              </table>
            </>
          )}
        </Section>
      ))}
    </Page>
  )
}
