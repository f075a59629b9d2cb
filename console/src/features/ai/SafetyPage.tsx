// 内容安全: what was masked, blocked or left to a person, judged right or wrong; a text can be tried.
import { Button, Drawer, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { OutputOf } from '../../api/call.ts'
import { call } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listSafetyHits'>['items'][number]
type Trial = OutputOf<'trySafety'>
const tones = { pass: 'ok', mask: 'near', review: 'near', block: 'over' } as const
const scenes = ['input', 'answer', 'reply'] as const
const classes = ['sovereignty', 'leaders', 'politics', 'pornography', 'gambling', 'drugs', 'violence', 'privacy', 'hotEvent', 'other'] as const
const sceneOptions = scenes.map((value) => ({ value, label: t(`scene.${value}`) }))

const columns: Column<Row>[] = [
  { key: 'at', title: t('at'), width: 120, render: (row) => <Time iso={row.at} /> },
  { key: 'scene', title: t('scene'), width: 90, render: (row) => row.sceneName },
  { key: 'class', title: t('class'), width: 90, render: (row) => row.className },
  { key: 'decision', title: t('decision'), width: 90, render: (row) => <Tag tone={tones[row.decision]}>{row.decisionName}</Tag> },
  { key: 'excerpt', title: t('safety.text'), width: 360, wide: true, render: (row) => row.excerpt, text: (row) => row.excerpt },
  { key: 'words', title: t('safety.words'), width: 180, render: (row) => `${row.words.join('、')}（${row.why}）`, text: (row) => `${row.words.join('、')}（${row.why}）` },
  { key: 'by', title: t('by'), width: 100, render: (row) => row.byName },
  { key: 'verdict', title: t('verdict'), width: 130, render: (row) => (row.verdict ? <><Tag tone={row.verdict === 'right' ? 'ok' : 'calm'}>{t(`verdict.${row.verdict}`)}</Tag> <span className="ms-hint">{row.verdictByName}</span></> : null) },
]
const filters: Filter[] = [
  { key: 'scene', label: t('scene'), kind: 'select', options: sceneOptions },
  { key: 'class', label: t('class'), kind: 'select', options: classes.map((value) => ({ value, label: t(`safety.${value}`) })) },
  { key: 'decision', label: t('decision'), kind: 'select', options: (['block', 'mask', 'review'] as const).map((value) => ({ value, label: t(`decision.${value}`) })) },
  { key: 'unjudged', label: t('unjudged'), kind: 'boolean' },
]

export default function SafetyPage(): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const figures = useQueryOf('safetyFigures', {})
  const send = useAct('safetyFigures')
  const [trying, setTrying] = useState(false)
  const judge = (row: Row, verdict: 'right' | 'wrong') => void send('judgeSafetyHit', { id: row.id, verdict }).then(() => { say(t(`judged.${verdict}`)); return client.invalidateQueries({ queryKey: ['list'] }) }, (error: unknown) => say(asProblem(error).message, 'over'))
  const all = figures.data?.items ?? []
  return (
    <>
      <ListPage<Row> noSearch page="aiSafety" title={t('safety')} columns={columns} filters={filters} rowKey={(row) => row.id} {...(can('orders.read') ? { open: (row: Row) => (row.orderNumber ? `/orders/${row.orderNumber}` : '') } : {})} load={(query, signal) => request<ListResult<Row>>('GET', '/api/ai/safety', query, { signal })}
        views={[{ id: 'all', name: t('all'), filter: {} }, { id: 'open', name: t('unjudged'), filter: { unjudged: ['true'] } }, { id: 'review', name: t('decision.review'), filter: { decision: ['review'] } }]}
        rowActs={(row) => (can('ai.manage') && !row.verdict ? [{ id: 'right', label: t('verdict.right'), run: () => judge(row, 'right') }, { id: 'wrong', label: t('verdict.wrong'), run: () => judge(row, 'wrong') }] : [])}
        acts={<><span className="ms-hint">{all.length > 0 ? t('safetySum', { n: all.reduce((sum, one) => sum + one.n, 0), wrong: all.reduce((sum, one) => sum + one.wrong, 0) }) : ''}</span><Button onClick={() => setTrying(true)}>{t('safetyTry')}</Button></>} empty={{ text: t('safetyNone') }} />
      {trying ? <Drawer open size={560} title={t('safetyTry')} onClose={() => setTrying(false)}><Try /></Drawer> : null}
    </>
  )
}

function Try(): ReactElement {
  const [scene, setScene] = useState<(typeof scenes)[number]>('answer')
  const [text, setText] = useState('')
  const [trial, setTrial] = useState<Trial | null>(null)
  const run = () => void call('trySafety', { scene, text }).then(setTrial, (error: unknown) => say(asProblem(error).message, 'over'))
  return (
    <div className="ms-stack">
      <p className="ms-hint" style={{ margin: 0 }}>{t('safetyTryHelp')}</p>
      <Select aria-label={t('scene')} value={scene} onChange={setScene} options={sceneOptions} />
      <Input.TextArea aria-label={t('safety.text')} rows={5} maxLength={5000} value={text} onChange={(e) => setText(e.target.value)} placeholder={t('safety.text')} />
      <Button type="primary" disabled={text.trim() === ''} onClick={run}>{t('safetyTry')}</Button>
      {trial ? <Section title={<Tag tone={tones[trial.decision]}>{trial.decisionName}</Tag>}><ul className="ms-plain-list">{trial.hits.map((hit, at) => <li key={at}>{hit.className}：{hit.word} <span className="ms-hint">{hit.why} · {hit.decisionName}</span></li>)}</ul>{trial.decision === 'mask' ? <p className="ms-text">{trial.text}</p> : null}{trial.say ? <p className="ms-text">{t('safetySay', { text: trial.say })}</p> : null}</Section> : null}
    </div>
  )
}
