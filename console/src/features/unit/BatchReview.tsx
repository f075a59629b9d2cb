// Accepting many results at once: ticked ones or the whole result of the query; each is judged on its own (ORD-56).
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { BatchReport } from '../../ui/BatchReport.tsx'
import type { BatchResult } from '../../ui/BatchReport.tsx'
import { confirm } from '../../ui/confirm.tsx'
import type { Selection } from '../../ui/list-types.ts'
import { say } from '../../ui/notices.ts'
import { useRefreshOrders } from '../orders/order-data.ts'
import { t } from './texts.zh-CN.ts'
import { isBox, timings } from './unit-data.ts'
import type { UnitBox, UnitRow } from './unit-data.ts'

const MOST = 200

export function useBatchReview(): { run: (selection: Selection<UnitRow>, box: UnitBox) => void; report: ReactElement | null } {
  const [result, setResult] = useState<BatchResult | null>(null)
  const refresh = useRefreshOrders()
  const run = async (selection: Selection<UnitRow>, box: UnitBox) => {
    const n = selection.all ? Math.min(selection.count, MOST) : selection.ids.length
    if (!(await confirm({ title: t('batchReview.title', { n }), text: t('batchReview.text'), verb: t('batchReview.verb', { n }) }))) return
    try {
      setResult(await call('batchReviewFeedback', selection.all ? { filter: filterOf(selection, box), opinion: '' } : { ids: selection.ids, opinion: '' }))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
    await refresh()
  }
  return { run: (selection, box) => void run(selection, box), report: result ? <BatchReport title={t('batchReview.report')} result={result} onClose={() => setResult(null)} /> : null }
}

function filterOf(selection: Extract<Selection<UnitRow>, { all: true }>, box: UnitBox) {
  const [chosen] = selection.filter.box ?? []
  const timing = timings.find((one) => one === selection.filter.timing?.[0])
  const unitId = selection.filter.unitId?.[0]
  return { box: isBox(chosen ?? null) ? (chosen as UnitBox) : box, ...(timing ? { timing } : {}), ...(unitId ? { unitId } : {}), ...(selection.q ? { text: selection.q } : {}) }
}
