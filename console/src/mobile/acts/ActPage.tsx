// The page of one act: reads the order, finds what the act is done to, and says so when it cannot be done any more.
import { Empty, LinkButton, Skeleton, Trouble } from '@minsheng/portal/kit'
import type { ComponentType, ReactElement } from 'react'
import { useRef } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Page } from '../frame/Frame.tsx'
import { keepOrder } from '../kept.ts'
import type { OrderDetail } from '../kept.ts'
import { useKept } from '../use-kept.ts'
import { t } from '../texts.zh-CN.ts'
import { AnswerForm, isAnswer } from './answer-forms.tsx'
import { DecideFlow, DecideReturn } from './decide-forms.tsx'
import { FeedbackForm } from './FeedbackForm.tsx'
import { HandDownForm } from './HandDownForm.tsx'
import { ConfirmPromiseForm, DeliverForm, ExclusionDraftForm, ExclusionForm, IndustryForm, NewPromiseForm, ObjectionForm, ReportInForm, ResumptionForm, StageReportForm, SuspensionForm, TrackingForm, WhistleForm } from './handling-forms.tsx'
import { AppealForm, CorrectForm, ReportForm, ResetForm, SecondHandlingForm } from './life-forms.tsx'
import { ProfileForm } from './ProfileForm.tsx'
import { ExtensionForm, ReturnForm } from './request-forms.tsx'
import { ContactForm, ProgressForm, ReviewForm, TakeBackForm } from './unit-forms.tsx'

export type Assignment = OrderDetail['assignments'][number]
export type FormProps = { order: OrderDetail; assignment: Assignment }

const Accept = (props: FormProps) => <ReviewForm {...props} outcome="accept" />
const SendBack = (props: FormProps) => <ReviewForm {...props} outcome="sendBack" />
const forms: Record<string, ComponentType<FormProps>> = { feedback: FeedbackForm, progress: ProgressForm, contact: ContactForm, requestReturn: ReturnForm, requestExtension: ExtensionForm, handDown: HandDownForm, takeBack: TakeBackForm, accept: Accept, sendBack: SendBack, correctClosing: CorrectForm, secondHandling: SecondHandlingForm, appeal: AppealForm, requestReturnReset: ResetForm, writeReport: ReportForm, requestSuspension: SuspensionForm, requestResumption: ResumptionForm, confirmPromise: ConfirmPromiseForm, requestPromise: NewPromiseForm, requestTracking: TrackingForm, reportTracking: StageReportForm, declareExclusion: ExclusionForm, prepareExclusion: ExclusionDraftForm, blowWhistle: WhistleForm, markIndustry: IndustryForm }
const calledForms: Record<string, ComponentType<{ order: OrderDetail }>> = { reportIn: ReportInForm, objectIndustry: ObjectionForm, deliverJoint: DeliverForm }

const keepOrderQuietly = (order: OrderDetail): void => void keepOrder(order)

export default function ActPage(): ReactElement {
  const { number = '', act = '' } = useParams()
  const [search] = useSearchParams()
  const query = useQueryOf('getOrderByNumber', { number }, { staleTime: 30_000 })
  // begun without a network, or reloaded there: the form opens over what the device has kept
  const { data: order } = useKept(`order:${number}`, query, keepOrderQuietly)
  const opened = useRef(false)
  if (!order) return <Page title={t('app')} back={`/m/orders/${number}`}>{query.error ? <Trouble problem={query.error} retry={() => void query.refetch()} /> : query.fetchStatus === 'paused' ? <Empty kind="scope" title={t('offlineAct')} /> : <Skeleton lines={8} />}</Page>

  const gone = (reason: string) => <Page title={t('app')} back={`/m/orders/${number}`}><Empty kind="done" title={t('form.gone')} text={reason}><LinkButton to={`/m/orders/${number}`} tone="primary">{t('form.look')}</LinkButton></Empty></Page>
  const flow = search.get('flow')
  if (act === 'decideFlow' && flow) return <DecideFlow order={order} flowId={flow} />
  if (act === 'decideReturn') {
    const request = order.requests.find((one) => one.id === search.get('request'))
    if (!request || (!request.mayDecide && !opened.current)) return gone('')
    opened.current = true
    return <DecideReturn order={order} request={request} />
  }
  const target = search.get('target')
  if (isAnswer(act) && target) return <AnswerForm order={order} name={act} target={target} />
  if (act === 'profileValues') return <ProfileForm order={order} />
  const Called = calledForms[act]
  if (Called) {
    const called = order.acts.find((one) => one.act === act)
    if (!called?.enabled && !opened.current) return gone(called?.reason ?? '')
    opened.current = true
    return <Called order={order} />
  }
  const assignment = order.assignments.find((one) => one.id === search.get('assignment'))
  const state = assignment?.acts.find((one) => one.act === act)
  const Form = forms[act]
  // a form once open stays open: what was typed is not taken away by somebody else's act
  if (!assignment || !Form || (!state?.enabled && !opened.current)) return gone(state?.reason ?? '')
  opened.current = true
  return <Form order={order} assignment={assignment} />
}
