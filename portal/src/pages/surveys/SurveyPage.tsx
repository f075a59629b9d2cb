// Filling in one survey: all questions on one page, errors at the question, kept until it is sent.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { SignIn } from '../../app/SignIn.tsx'
import { useCitizen } from '../../app/session.ts'
import { sendFile } from '../../draft/send-file.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card } from '../../kit/Blocks.tsx'
import { Checks, Choices, ErrorSummary, TextArea } from '../../kit/Fields.tsx'
import { say } from '../../kit/Layers.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { day } from '../../kit/time.ts'
import { t } from './texts.zh-CN.ts'

type Survey = OutputOf<'publicSurvey'>
type Question = Survey['questions'][number]
type Value = string | number | string[]

export default function SurveyPage(): ReactElement {
  const { id = '' } = useParams()
  const citizen = useCitizen()
  const read = useQueryOf('publicSurvey', { id })
  const [done, setDone] = useState(false)
  if (!read.data) return <Page title={t('title')}>{read.isPending ? <Skeleton lines={6} /> : read.error?.status === 404 ? <Empty kind="scope" title={t('gone')} text={t('goneText')}><LinkButton to="/surveys" tone="primary">{t('back')}</LinkButton></Empty> : read.error ? <Trouble problem={read.error} retry={() => void read.refetch()} /> : null}</Page>
  const survey = read.data
  const intro = [survey.intro, survey.endsAt ? t('until', { at: day(survey.endsAt) }) : '', t('target', { who: survey.targetName })].filter(Boolean).join(' · ')
  if (done) return <Page title={survey.title}><Empty kind="done" title={t('thanks')} text={t('thanksText')}><LinkButton to="/surveys" tone="primary">{t('back')}</LinkButton></Empty></Page>
  return (
    <Page title={survey.title} intro={intro}>
      {survey.closed ? <Card tone="near"><p>{survey.closed}</p><div><LinkButton to="/surveys">{t('back')}</LinkButton></div></Card> : null}
      {!survey.closed && citizen === null ? <Card><p className="k-hint">{t('signIn')}</p><SignIn onDone={() => void read.refetch()} /></Card> : null}
      {!survey.closed && citizen ? <Sheet survey={survey} onDone={() => setDone(true)} /> : null}
    </Page>
  )
}

function Sheet({ survey, onDone }: { survey: Survey; onDone: () => void }): ReactElement {
  const [answers, setAnswers] = useState<Record<string, Value>>({})
  const [opinion, setOpinion] = useState('')
  const [attempt, setAttempt] = useState(0)
  const command = useCommand('answerSurvey', { invalidates: ['publicSurveys', 'publicSurvey'] })
  const errors = Object.fromEntries((command.error?.fields ?? []).map((f) => [f.path, t('atQuestion', { n: survey.questions.findIndex((q) => `answers.${q.id}` === f.path) + 1, what: f.message })]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt(attempt + 1)
    void command.mutateAsync({ id: survey.id, answers, opinion: opinion.trim() }).then(() => { onDone(); scrollTo(0, 0) }, () => undefined)
  }
  return (
    <form className="k-stack" data-gap="large" onSubmit={submit} noValidate>
      <ErrorSummary errors={errors} attempt={attempt} />
      {command.error && command.error.fields.length === 0 ? <Trouble problem={command.error} /> : null}
      {survey.questions.map((q, i) => <Card key={q.id}><Ask question={q} at={i + 1} value={answers[q.id]} error={errors[`answers.${q.id}`]} onValue={(value) => setAnswers({ ...answers, [q.id]: value })} /></Card>)}
      <Card><TextArea name="opinion" label={t('opinion')} optional value={opinion} onValue={setOpinion} limit={1000} rows={3} /></Card>
      <Button tone="primary" size="large" type="submit" busy={command.isPending}>{t('send')}</Button>
    </form>
  )
}

function Ask({ question: q, at, value, error, onValue }: { question: Question; at: number; value: Value | undefined; error: string | undefined; onValue: (value: Value) => void }): ReactElement {
  const shared = { name: `answers.${q.id}`, label: `${at}. ${q.title}${q.required ? '' : `（${t('optional')}）`}`, error }
  if (q.type === 'single') return <Choices {...shared} options={q.options.map((o) => ({ value: o, label: o }))} value={typeof value === 'string' ? value : null} onValue={onValue} />
  if (q.type === 'multiple') return <Checks {...shared} {...(q.max === null ? {} : { help: t('most', { n: q.max }), max: q.max })} options={q.options.map((o) => ({ value: o, label: o }))} value={Array.isArray(value) ? value : []} onValue={onValue} />
  if (q.type === 'scale') {
    const top = q.max ?? 5
    return <Choices {...shared} columns options={Array.from({ length: top }, (_, i) => ({ value: String(i + 1), label: i === 0 ? `1 ${t('low')}` : i + 1 === top ? `${top} ${t('high')}` : String(i + 1) }))} value={typeof value === 'number' ? String(value) : null} onValue={(v) => onValue(Number(v))} />
  }
  if (q.type === 'text') return <TextArea {...shared} value={typeof value === 'string' ? value : ''} onValue={onValue} limit={1000} rows={3} />
  return <Files {...shared} value={Array.isArray(value) ? value : []} onValue={onValue} />
}

function Files({ name, label, error, value, onValue }: { name: string; label: string; error: string | undefined; value: string[]; onValue: (ids: string[]) => void }): ReactElement {
  const [names, setNames] = useState<string[]>([])
  const add = (file: File | undefined) => {
    if (file) sendFile(file, file.name, () => undefined).then(({ id }) => { onValue([...value, id]); setNames((held) => [...held, file.name]) }, (problem: unknown) => say(asProblem(problem).title))
  }
  return (
    <div className="k-field" data-field={name}>
      <p className="k-label">{label}</p>
      {names.length > 0 ? <p className="k-hint">{t('files', { names: names.join('、') })}</p> : null}
      <label className="k-button p-file" data-tone="plain">{t('file')}<input type="file" onChange={(event) => { const file = event.target.files?.[0]; event.target.value = ''; add(file) }} /></label>
      {error ? <p className="k-error">{error}</p> : null}
    </div>
  )
}
