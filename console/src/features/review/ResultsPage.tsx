import type { ReactElement } from 'react'
import { rejectClosing } from '../orders/acts/life-acts.tsx'
import { ActFrame } from '../orders/acts/use-act-form.tsx'
import { OrderDesk } from './OrderDesk.tsx'
import { resultDecision } from './result-decision.ts'
import { ResultObject } from './ResultObject.tsx'
import { ResultActs } from './ResultActs.tsx'
import { t } from './texts.zh-CN.ts'

export default function ResultsPage(): ReactElement {
  return (
    <OrderDesk desk="results" title={t('desk.results')} act="acceptResult" state="pendingResultReview" object={(order, note) => <ResultObject order={order} note={note} />}
      decision={(order, done, continuous) => (
        <ResultActs order={order} onDone={done} continuous={continuous}>
          {(outcome, close) => (
            <ActFrame key={outcome} inline act={outcome} order={order} build={(detail) => (outcome === 'rejectClosing' ? rejectClosing(detail) : resultDecision(detail, outcome))} onClose={close} onDone={(act) => done(act, continuous)} onNext={() => done(outcome, true)} />
          )}
        </ResultActs>
      )} />
  )
}
