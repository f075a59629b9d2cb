// Counts of each question, one cross table, texts; the sheets as a file.
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Section } from '../../ui/Page.tsx'
import './surveys.css'
import { t } from './texts.zh-CN.ts'

type Survey = OutputOf<'getSurvey'>
type Result = OutputOf<'surveyResults'>

export function Results({ survey }: { survey: Survey }): ReactElement {
  const [cross, setCross] = useState<{ first?: string; second?: string }>({})
  const both = cross.first && cross.second ? { first: cross.first, second: cross.second } : {}
  const read = useQueryOf('surveyResults', { id: survey.id, ...both })
  const countable = survey.questions.filter((q) => q.type !== 'text' && q.type !== 'file').map((q) => ({ value: q.id, label: q.title }))
  return (
    <>
      <Section title={t('results')} extra={<a href={`/api/surveys/${survey.id}/export`}>{t('exportCsv')}</a>}>
        <QueryView query={read}>{(data) => (data.answers === 0 ? <p className="ms-hint">{t('noAnswers')}</p> : <>{data.read < data.answers ? <p className="ms-note">{t('readNote', { all: data.answers, read: data.read })}</p> : null}{data.questions.map((q, i) => <One key={q.id} at={i + 1} question={q} />)}{data.opinions.length > 0 ? <><h3>{t('opinions')}</h3><ul className="ms-survey-texts">{data.opinions.map((text, i) => <li key={i}>{text}</li>)}</ul></> : null}</>)}</QueryView>
      </Section>
      {countable.length > 1 ? (
        <Section title={t('cross')} extra={<><Select aria-label={t('first')} placeholder={t('first')} style={{ minInlineSize: 160 }} options={countable} value={cross.first ?? null} onChange={(first) => setCross({ ...cross, first })} /> <Select aria-label={t('second')} placeholder={t('second')} style={{ minInlineSize: 160 }} options={countable} value={cross.second ?? null} onChange={(second) => setCross({ ...cross, second })} /></>}>
          {read.data?.cross ? <Cross table={read.data.cross} /> : null}
        </Section>
      ) : null}
    </>
  )
}

function One({ at, question: q }: { at: number; question: Result['questions'][number] }): ReactElement {
  const rate = (n: number): string => (q.answered === 0 ? '–' : `${((n / q.answered) * 100).toFixed(1)}%`)
  return (
    <div className="ms-survey-result">
      <p><strong>{at}. {q.title}</strong> <span className="ms-hint">{t('answered', { n: q.answered })}{q.mean === null ? '' : `，${t('mean', { n: q.mean.toFixed(2) })}`}</span></p>
      <div className="ms-survey-bars">{q.counts.map((c) => [<span key={`${c.option}-name`}>{c.option}</span>, <span key={`${c.option}-bar`} aria-hidden="true"><span className="ms-survey-bar" style={{ display: 'block', inlineSize: `${q.answered === 0 ? 0 : (c.count / q.answered) * 100}%` }} /></span>, <span key={`${c.option}-n`}>{t('times', { n: c.count, rate: rate(c.count) })}</span>])}</div>
      {q.texts.length > 0 ? <ul className="ms-survey-texts" aria-label={t('texts')}>{q.texts.map((text, i) => <li key={i}>{text}</li>)}</ul> : null}
    </div>
  )
}

function Cross({ table }: { table: NonNullable<Result['cross']> }): ReactElement {
  return (
    <table className="ms-table">
      <caption className="ms-hidden">{`${table.first} × ${table.second}`}</caption>
      <thead><tr><th scope="col">{table.first}</th>{table.columns.map((c) => <th key={c} scope="col">{c}</th>)}</tr></thead>
      <tbody>{table.rows.map((r, i) => <tr key={r}><th scope="row">{r}</th>{(table.cells[i] ?? []).map((n, j) => <td key={j}>{n}</td>)}</tr>)}</tbody>
    </table>
  )
}
