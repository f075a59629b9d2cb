// The personal form of an SMS: who opens the link judges his own order, once. Nothing is kept on the device.
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useParams } from 'react-router'
import { call, type OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useCommand } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Rows } from '../../kit/Blocks.tsx'
import { Checks, Choices, ErrorSummary, TextArea } from '../../kit/Fields.tsx'
import { Stars } from '../../kit/Stars.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { when } from '../../kit/time.ts'
import { t } from './texts.zh-CN.ts'

type Form = OutputOf<'openCallbackForm'>
type Stated = 'yes' | 'no' | 'notStated'

export default function CallbackPage(): ReactElement {
  const { token = '' } = useParams()
  const [form, setForm] = useState<Form | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [thanks, setThanks] = useState<string | null>(null)
  useEffect(() => {
    call('openCallbackForm', { token }).then(setForm, (error: unknown) => setProblem(asProblem(error)))
  }, [token])
  const home = <LinkButton to="/" tone="primary">{t('home')}</LinkButton>
  if (problem) return <Page title={t('title')}>{problem.status === 404 || problem.status === 422 ? <Empty kind="scope" title={t('none')} text={t('noneText')}>{home}</Empty> : <Trouble problem={problem} retry={() => location.reload()} />}</Page>
  if (!form) return <Page title={t('title')}><Skeleton lines={6} /></Page>
  if (thanks !== null) return <Page title={t('title')}><Empty kind="done" title={thanks} text={t('thanksText', { number: form.number })}>{home}</Empty></Page>
  if (form.closed) return <Page title={t('title')}><Empty kind={form.closed === 'answered' ? 'done' : 'pending'} title={form.closedText ?? t('over')} text={t('overText')}><LinkButton to="/submit" tone="primary">{t('again')}</LinkButton></Empty></Page>
  return (
    <Page title={t('title')} intro={t('intro')}>
      <Card title={t('order')}>
        <Rows rows={[{ label: t('number'), value: form.number }, { label: t('order'), value: form.title }, form.unitName ? { label: t('unit'), value: form.unitName } : null]} />
        {form.reply ? <details><summary>{t('more')}</summary><p style={{ whiteSpace: 'pre-wrap' }}>{form.reply}</p></details> : null}
        <p className="k-hint">{t('until', { at: when(form.until) })}</p>
      </Card>
      <Questions form={form} token={token} onDone={(text) => { setThanks(text); scrollTo(0, 0) }} />
    </Page>
  )
}

function Questions({ form, token, onDone }: { form: Form; token: string; onDone: (thanks: string) => void }): ReactElement {
  const [contacted, setContacted] = useState<Stated | null>(null)
  const [solved, setSolved] = useState<Stated | null>(null)
  const [grade, setGrade] = useState<string | null>(null)
  const [stars, setStars] = useState(0)
  const [reasons, setReasons] = useState<string[]>([])
  const [text, setText] = useState('')
  const [attempt, setAttempt] = useState(0)
  const command = useCommand('answerCallbackForm')
  const bad = solved === 'no' || form.grades.find((one) => one.code === grade)?.satisfied === 'no'
  const missing = { ...(contacted === null ? { contacted: t('needContacted') } : {}), ...(solved === null ? { solved: t('needSolved') } : {}), ...(grade === null ? { grade: t('needGrade') } : {}) }
  const errors: Record<string, string> = attempt === 0 ? {} : { ...missing, ...Object.fromEntries((command.error?.fields ?? []).map((f) => [f.path, f.message])) }
  const send = async () => {
    setAttempt(attempt + 1)
    if (contacted === null || solved === null || grade === null) return
    // What went wrong is shown from the command; what was chosen stays.
    await command.mutateAsync({ token, contacted, solved, grade: grade === 'notStated' ? null : grade, stars: stars === 0 ? null : stars, reasons: bad ? reasons : [], text: text.trim() }).then((done) => onDone(done.thanks), () => undefined)
  }
  const statedOptions = (yes: string, no: string) => [{ value: 'yes', label: yes }, { value: 'no', label: no }, { value: 'notStated', label: t('unsure') }] as const
  return (
    <form className="k-stack" data-gap="large" noValidate onSubmit={(event) => { event.preventDefault(); void send() }}>
      <ErrorSummary errors={errors} attempt={attempt} />
      {command.error && command.error.fields.length === 0 ? <Trouble problem={command.error} /> : null}
      <Card><Choices<Stated> name="contacted" label={t('contacted')} columns options={statedOptions(t('contactedYes'), t('contactedNo'))} value={contacted} onValue={setContacted} error={errors['contacted']} /></Card>
      <Card><Choices<Stated> name="solved" label={t('solved')} columns options={statedOptions(t('solvedYes'), t('solvedNo'))} value={solved} onValue={setSolved} error={errors['solved']} /></Card>
      <Card>
        <Choices name="grade" label={t('grade')} columns options={[...form.grades.map((one) => ({ value: one.code, label: one.name })), { value: 'notStated', label: t('unsure') }]} value={grade} onValue={setGrade} error={errors['grade']} />
        {bad ? <Checks name="reasons" label={t('reasons', { n: form.maxReasons })} columns="wide" options={form.reasons.map((one) => ({ value: one, label: one }))} value={reasons} onValue={setReasons} max={form.maxReasons} error={errors['reasons']} /> : null}
        {bad ? <p className="k-hint">{t('redo')}</p> : null}
      </Card>
      <Card>
        <Stars label={`${t('stars')}（${t('starsHelp')}）`} value={stars} onValue={setStars} />
        <TextArea name="text" label={t('words')} help={t('wordsHelp')} optional value={text} onValue={setText} limit={500} rows={3} />
      </Card>
      <Button tone="primary" size="large" block type="submit" busy={command.isPending}>{t('send')}</Button>
    </form>
  )
}
