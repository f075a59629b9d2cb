import type { ReactElement } from 'react'
import { t } from './texts.zh-CN.ts'
import { UnitList } from './UnitList.tsx'
import type { UnitBox } from './unit-data.ts'

const boxes: [UnitBox, ...UnitBox[]] = ['toApprove']

export default function BatchApprovePage(): ReactElement {
  return <UnitList title={t('batchReview.page')} boxes={boxes} empty={t('batchReview.none')} bulkReview />
}
