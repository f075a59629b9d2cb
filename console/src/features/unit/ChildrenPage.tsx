import type { ReactElement } from 'react'
import { t } from './texts.zh-CN.ts'
import { UnitList } from './UnitList.tsx'
import type { UnitBox } from './unit-data.ts'

const boxes: [UnitBox, ...UnitBox[]] = ['children', 'toAccept']

export default function ChildrenPage(): ReactElement {
  return <UnitList title={t('children')} boxes={boxes} empty={t('empty.children')} units />
}
