// One survey: built here, looked at, reviewed by another person, closed; and what was answered.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer, ActPanel } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { blankQuestion, cleaned, QuestionsEditor, type Question } from './QuestionsEditor.tsx'
import { Results } from './Results.tsx'
import { stateTone, t } from './texts.zh-CN.ts'

type Survey = OutputOf<'getSurvey'>
const targets = (['signedIn', 'realName', 'enterprise'] as const).map((value) => ({ value, label: t(`target.${value}`) }))
const schema: FormSchema = {
  type: 'object', required: ['title'],
  properties: {
    title: { type: 'string', title: t('name'), maxLength: 80 }, intro: { type: 'string', format: 'textarea', title: t('intro'), maxLength: 1000 }, target: { type: 'string', title: t('target'), oneOf: targets.map((one) => ({ const: one.value, title: one.label })), 'x-half': true }, perPerson: { type: 'integer', title: t('perPerson'), minimum: 1, maximum: 10, 'x-half': true },
    startsAt: { type: 'string', format: 'date-time', title: t('startsAt'), 'x-half': true }, endsAt: { type: 'string', format: 'date-time', title: t('endsAt'), 'x-half': true },
  },
}
const isQuestions = (value: unknown): value is Question[] => Array.isArray(value)

function bodyOf(values: FormValue) {
  const text = (name: string): string => (typeof values[name] === 'string' ? values[name] : '')
  return { title: text('title'), intro: text('intro'), target: targets.find((one) => one.value === values.target)?.value ?? 'signedIn', perPerson: typeof values.perPerson === 'number' ? values.perPerson : 1, startsAt: text('startsAt') || null, endsAt: text('endsAt') || null, questions: cleaned(isQuestions(values.questions) ? values.questions : []) }
}

function Editor({ initial, draftKey, save, onClose }: { initial: FormValue; draftKey: string; save: (body: ReturnType<typeof bodyOf>) => Promise<void>; onClose: () => void }): ReactElement {
  return <ActPanel schema={schema} initial={initial} draftKey={draftKey} submitLabel={t('save')} onClose={onClose} submit={(values) => save(bodyOf(values))} own={{ names: ['questions'], render: ({ value, set, errors }) => <QuestionsEditor value={isQuestions(value.questions) ? value.questions : []} errors={errors} onChange={(questions) => set({ ...value, questions })} /> }} />
}

export default function SurveyPage(): ReactElement {
  const { id = '' } = useParams()
  return id === 'new' ? <NewSurvey /> : <Known key={id} id={id} />
}

function NewSurvey(): ReactElement {
  const navigate = useNavigate()
  const add = useCommand('addSurvey', { invalidates: ['listSurveys'] })
  return (
    <Page title={t('newSurvey')} acts={<Link to="/content/surveys">{t('back')}</Link>}>
      <Section><Editor initial={{ target: 'signedIn', perPerson: 1, questions: [blankQuestion([])] }} draftKey="survey:new" onClose={() => void navigate('/content/surveys')} save={async (body) => { const made = await add.mutateAsync(body); say(t('saved')); void navigate(`/content/surveys/${made.id}`, { replace: true }) }} /></Section>
    </Page>
  )
}

function Known({ id }: { id: string }): ReactElement {
  const read = useQueryOf('getSurvey', { id })
  return <QueryView query={read}>{(survey) => <Shown key={survey.version} survey={survey} />}</QueryView>
}

function Shown({ survey: s }: { survey: Survey }): ReactElement {
  const [doing, setDoing] = useState<'edit' | 'approve' | 'sendBack' | 'close' | null>(null)
  const change = useCommand('changeSurvey', { invalidates: ['getSurvey', 'listSurveys'] })
  const act = useCommand('actOnSurvey', { invalidates: ['getSurvey', 'listSurveys'] })
  const ref = { id: s.id, version: s.version }
  const known = {
    edit: { run: () => setDoing('edit') }, submit: { run: () => void act.mutateAsync({ ...ref, act: 'submit' }).then(() => say(t('done')), (error: unknown) => say(asProblem(error).message, 'over')) },
    approve: { run: () => setDoing('approve') }, sendBack: { run: () => setDoing('sendBack') }, close: { run: () => setDoing('close'), danger: true },
  }
  const asked = doing === 'approve' || doing === 'sendBack' || doing === 'close' ? doing : null
  return (
    <Page title={s.title} state={<Tag tone={stateTone(s.state)}>{s.stateName}</Tag>} acts={<Link to="/content/surveys">{t('back')}</Link>} bar={<ActBar acts={s.acts} known={known} main={s.state === 'review' ? 'approve' : 'submit'} />}>
      {doing === 'edit' ? <Section><Editor draftKey={`survey:${s.id}:${s.version}`} onClose={() => setDoing(null)} initial={{ title: s.title, intro: s.intro || undefined, target: s.target, perPerson: s.perPerson, startsAt: s.startsAt ?? undefined, endsAt: s.endsAt ?? undefined, questions: s.questions }} save={async (body) => { await change.mutateAsync({ ...ref, ...body }); say(t('saved')) }} /></Section> : (
        <>
          <Section title={t('facts')}><Facts columns={2} items={[
            { label: t('target'), value: s.targetName }, { label: t('perPerson'), value: s.perPerson }, { label: t('startsAt'), value: s.startsAt ? <Time iso={s.startsAt} /> : '', hidden: !s.startsAt }, { label: t('endsAt'), value: s.endsAt ? <Time iso={s.endsAt} /> : '', hidden: !s.endsAt },
            { label: t('col.author'), value: s.authorName }, { label: t('reviewer'), value: s.reviewerName ?? '', hidden: !s.reviewerName }, { label: t('opinion'), value: s.opinion ?? '', hidden: !s.opinion }, { label: t('published'), value: s.publishedAt ? <Time iso={s.publishedAt} /> : '', hidden: !s.publishedAt }, { label: t('intro'), value: s.intro, hidden: !s.intro },
          ]} /></Section>
          {s.publishedAt ? <Results survey={s} /> : <Section title={t('questions')}><ol>{s.questions.map((q) => <li key={q.id}>{q.title} <Tag>{t(`type.${q.type}`)}</Tag>{q.options.length > 0 ? <p className="ms-hint">{q.options.join(' / ')}</p> : null}</li>)}</ol></Section>}
        </>
      )}
      {asked ? (
        <ActDrawer open onClose={() => setDoing(null)} title={s.acts.find((one) => one.act === asked)?.label ?? ''} sub={s.title} submitLabel={s.acts.find((one) => one.act === asked)?.label ?? ''} {...(asked === 'approve' ? { notice: t('approveText') } : asked === 'close' ? { notice: t('closeText') } : {})}
          schema={{ type: 'object', required: asked === 'sendBack' ? ['opinion'] : [], properties: asked === 'close' ? {} : { opinion: { type: 'string', format: 'textarea', title: t('opinion'), maxLength: 500 } } }}
          submit={async (values) => { await act.mutateAsync({ ...ref, act: asked, opinion: typeof values.opinion === 'string' ? values.opinion : '' }); say(t('done')) }} />
      ) : null}
    </Page>
  )
}
