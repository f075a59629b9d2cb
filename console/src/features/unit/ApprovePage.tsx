// 领导审核: what units report, what they want to give back, and what they want more time for; list, object, decision (ux.md §3.19 台).
import { Checkbox, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { cappedCount } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { useContinuous } from '../../ui/desk-queue.ts'
import { FeedbackDesk } from './FeedbackDesk.tsx'
import { FlowDesk } from './FlowDesk.tsx'
import { ReturnDesk } from './ReturnDesk.tsx'
import { t } from './texts.zh-CN.ts'
import './unit.css'

const tabs = ['feedback', 'returns', 'flow'] as const
type Tab = (typeof tabs)[number]

export default function ApprovePage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const tab: Tab = tabs.find((one) => one === search.get('tab')) ?? 'feedback'
  const own = useQueryOf('unitAssignments', { box: 'toApprove', limit: 100 })
  const below = useQueryOf('unitAssignments', { box: 'toAccept', limit: 100 })
  const returns = useQueryOf('listOrderRequests', { kind: 'return', mine: 'true', limit: 100 })
  const flow = useQueryOf('listMyFlowTasks', { limit: 100 })
  const continuous = useContinuous()
  useTopic('orders.list', ['unitAssignments', 'listOrderRequests'])
  useTopic('home.counts', ['listMyFlowTasks'])
  const numbers: Record<Tab, string> = {
    feedback: own.data && below.data ? cappedCount({ value: own.data.count.value + below.data.count.value, capped: own.data.count.capped || below.data.count.capped }) : '',
    returns: returns.data ? cappedCount(returns.data.count) : '', flow: flow.data ? cappedCount(flow.data.count) : '',
  }
  return (
    <Page fill title={t('approve')}
      bar={<Segmented<Tab> style={{ alignSelf: 'flex-start' }} value={tab} options={tabs.map((value) => ({ value, label: `${t(`desk.${value}`)} ${numbers[value]}` }))} onChange={(next) => setSearch({ tab: next }, { replace: true })} />}
      acts={<><Link to="/unit/approve/batch">{t('batchReview.page')}</Link><Checkbox checked={continuous[0]} onChange={(e) => continuous[1](e.target.checked)}>{t('desk.continuous')}</Checkbox></>}>
      {tab === 'feedback' ? <FeedbackDesk own={own} below={below} goOn={continuous[0]} /> : tab === 'returns' ? <ReturnDesk query={returns} goOn={continuous[0]} /> : <FlowDesk query={flow} goOn={continuous[0]} />}
    </Page>
  )
}
