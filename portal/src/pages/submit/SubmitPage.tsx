// Six small steps; the step stands in the address, so that back, reload and a closed browser lose nothing.
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { call } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useOnline } from '../../app/display.ts'
import { Page } from '../../app/Page.tsx'
import { useCitizen, usePortal } from '../../app/session.ts'
import { changeDraft, currentDraft, draftKept, dropDraft, lastSent, photoQueue, sendDraft, useDraft } from '../../draft/draft.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, StepBar, Tag } from '../../kit/Blocks.tsx'
import { ErrorSummary } from '../../kit/Fields.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Sheet } from '../../kit/Layers.tsx'
import { Empty, Trouble } from '../../kit/States.tsx'
import { DonePage } from './DonePage.tsx'
import { ContactStep, MoreStep, PhotoStep, type Question } from './OtherSteps.tsx'
import { PlaceStep } from './PlaceStep.tsx'
import { ReviewStep } from './ReviewStep.tsx'
import { useElements } from './use-elements.ts'
import { SayStep } from './SayStep.tsx'
import type { FormSchema } from '../../../../forms/index.ts'
import { errorsOf, stepNames, stepOfField, stepsFor, type Step } from './steps.ts'
// Loaded with this page, so that it is there when the network is gone.
import '../../draft/Waiting.tsx'
import './submit.css'
import { t } from './texts.zh-CN.ts'

const titles: Record<Step, string> = { say: t('sayTitle'), place: t('placeTitle'), photos: t('photosTitle'), more: t('moreTitle'), contact: t('contactTitle'), review: t('reviewTitle') }

export default function SubmitPage(): ReactElement {
  const [search] = useSearchParams()
  const sent = search.get('done') ? lastSent() : null
  const { settings, hotline } = usePortal()
  if (sent && sent.number === search.get('done')) return <DonePage sent={sent} />
  if (settings?.closed) return <Page title={t('title')}><Empty kind="pending" title={t('closed')} text={settings.closed}><LinkButton to={`tel:${hotline}`} tone="primary" icon="phone">{hotline}</LinkButton></Empty></Page>
  return <Wizard />
}

/** The form of this kind of appeal and matter on the portal; none is the ordinary case. */
function useForm(): FormSchema | null {
  const { appealType, matter, qr } = useDraft()
  const found = useQueryOf('findForm', { appealType, channel: qr ? 'qr' : 'portal', ...(matter ? { matterId: matter.id } : {}) }, { enabled: appealType !== '', staleTime: 600_000 }).data?.form
  return found ? (found.schema as FormSchema) : null // the boundary: the server checked it by the same schema
}

function useQuestions(): readonly Question[] {
  const { matter } = useDraft()
  return useQueryOf('publicMatter', { id: matter?.id ?? '' }, { enabled: matter !== null, staleTime: 600_000 }).data?.questions ?? []
}

function Wizard(): ReactElement {
  const draft = useDraft()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const questions = useQuestions()
  const form = useForm()
  const citizen = useCitizen()
  const online = useOnline()
  const steps = stepsFor(questions.length + (form ? 1 : 0))
  const step = steps.find((s) => s === search.get('step')) ?? 'say'
  const at = steps.indexOf(step)
  // What the server refused stays until the next attempt; what is missing here goes away as it is filled in.
  const [refused, setRefused] = useState<Record<string, string>>({})
  const [attempt, setAttempt] = useState(0)
  const [tried, setTried] = useState<Step | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)

  // Words brought along from the home page begin a draft, but never replace one.
  const said = search.get('say')
  const kind = search.get('type')
  const asked = search.get('matter')
  const enterprise = search.get('enterprise')
  const own = useQueryOf('listOwnEnterprises', {}, { enabled: Boolean(citizen && enterprise) }).data?.items.find((one) => one.id === enterprise)
  useEffect(() => {
    if (own && currentDraft().enterprise?.id !== own.id) changeDraft({ enterprise: { id: own.id, name: own.name } })
  }, [own])
  const robot = search.get('robot')
  useEffect(() => {
    if (said && currentDraft().content.trim() === '') changeDraft({ content: said, ...(kind ? { appealType: kind } : {}), ...(robot ? { robot } : {}) })
  }, [said, kind, robot])
  useEffect(() => {
    if (!asked || currentDraft().matter) return
    call('publicMatter', { id: asked }).then(({ id, name, path }) => changeDraft({ matter: { id, name, path } }), () => undefined)
  }, [asked])
  useEffect(() => {
    if (online) void photoQueue.retry()
  }, [online])

  const missing = errorsOf(step, draft, { signedIn: Boolean(citizen), online, form })
  const errors = { ...refused, ...(tried === step ? missing : {}) }
  const go = (to: Step) => setSearch({ step: to })
  const elements = useElements(draft, questions, step === 'more' && online)
  const next = async () => {
    setTried(step)
    setRefused({})
    setAttempt(attempt + 1)
    const to = steps[at + 1]
    if (Object.keys(missing).length > 0 || !to) return
    const again = step === 'more' && online ? await elements.check() : {}
    setRefused(again)
    if (Object.keys(again).length === 0) go(to)
  }
  const submit = async () => {
    const open = steps.find((s) => Object.keys(errorsOf(s, draft, { signedIn: Boolean(citizen), online, form })).length > 0)
    if (open) {
      setTried(open)
      return go(open)
    }
    setBusy(true)
    setProblem(null)
    changeDraft({ why: null })
    try {
      const sent = await sendDraft()
      void navigate(`/submit?done=${sent.number}`, { replace: true })
    } catch (error) {
      const answer = asProblem(error)
      // Not reached, or nobody signed in any more: it waits on this device and goes out by itself.
      if (answer.status === 401 || (answer.undecided && answer.code !== 'photos')) {
        changeDraft({ state: 'waiting' })
        go('review')
      } else if (answer.fields[0]) {
        changeDraft({ state: 'editing' })
        setRefused(Object.fromEntries(answer.fields.map((f) => [/^(formData|answers)\./.test(f.path) ? f.path : (f.path.split('.')[0] ?? f.path), f.message])))
        setAttempt(attempt + 1)
        go(stepOfField(answer.fields[0].path))
      } else {
        changeDraft({ state: 'editing' })
        setProblem(answer)
      }
    }
    setBusy(false)
  }
  if (draft.state === 'waiting' && step === 'review') return <WaitingPage busy={busy} why={draft.why} signedIn={citizen !== null} onSend={() => void submit()} onEdit={() => { changeDraft({ state: 'editing', why: null }); go('review') }} />
  return (
    <Page title={titles[step]} name={`${t('title')} ${stepNames[step]}`}>
      <StepBar now={at + 1} total={steps.length} title={stepNames[step]} />
      <ErrorSummary errors={errors} attempt={attempt} />
      {problem ? <Trouble problem={problem} retry={() => void submit()} /> : null}
      {step === 'say' ? <SayStep draft={draft} errors={errors} /> : null}
      {step === 'place' ? <PlaceStep draft={draft} errors={errors} /> : null}
      {step === 'photos' ? <PhotoStep /> : null}
      {step === 'more' ? <MoreStep draft={draft} questions={questions} form={form} errors={errors} read={elements.read} /> : null}
      {step === 'contact' ? <ContactStep draft={draft} errors={errors} /> : null}
      {step === 'review' ? <ReviewStep draft={draft} questions={questions} form={form} /> : null}
      <div className="p-steps-acts">
        {step === 'review' ? <Button tone="primary" size="large" busy={busy} onClick={() => void submit()}>{online ? t('submit') : t('submitLater')}</Button> : <Button tone="primary" size="large" onClick={() => void next()}>{t('next')}</Button>}
        {at > 0 ? <Button size="large" icon="back" onClick={() => go(steps[at - 1] ?? 'say')}>{t('back')}</Button> : null}
      </div>
      <DraftLine started={draft.content !== ''} />
    </Page>
  )
}

function DraftLine({ started }: { started: boolean }): ReactElement | null {
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  if (!started) return null
  const clear = () => {
    dropDraft()
    setAsking(false)
    void navigate('/submit', { replace: true })
  }
  return (
    <div className="k-line" data-spread>
      <span className="k-hint k-line"><Icon name={draftKept() ? 'check' : 'warning'} />{draftKept() ? t('kept') : t('notKept')}</span>
      <Button tone="quiet" onClick={() => setAsking(true)}>{t('startOver')}</Button>
      <Sheet open={asking} title={t('startOver')} onClose={() => setAsking(false)} footer={<><Button autoFocus onClick={() => setAsking(false)}>{t('keep')}</Button><Button tone="danger" onClick={clear}>{t('startOverDo')}</Button></>}>
        <p>{t('startOverAsk')}</p>
      </Sheet>
    </div>
  )
}

/** Submitted without a network: it says where the words are, and what happens. */
function WaitingPage({ busy, why, signedIn, onSend, onEdit }: { busy: boolean; why: string | null; signedIn: boolean; onSend: () => void; onEdit: () => void }): ReactElement {
  return (
    <Page title={t('waitTitle')} state={<Tag tone="near" icon="clock">{t('waitState')}</Tag>}>
      <Card>
        <p>{why ?? (signedIn ? t('waitText') : t('waitSignIn'))}</p>
      </Card>
      <div className="p-two">
        {signedIn ? <Button tone="primary" busy={busy} onClick={onSend}>{t('waitTry')}</Button> : <LinkButton to="/submit?step=contact" tone="primary">{t('contactSignIn')}</LinkButton>}
        <Button onClick={onEdit}>{t('waitEdit')}</Button>
      </div>
    </Page>
  )
}
