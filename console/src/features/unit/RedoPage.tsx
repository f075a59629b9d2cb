import type { ReactElement } from 'react'
import { t } from './texts.zh-CN.ts'
import { UnitList } from './UnitList.tsx'
import type { UnitBox } from './unit-data.ts'

const boxes: [UnitBox, ...UnitBox[]] = ['redo', 'rejected']

export default function RedoPage(): ReactElement {
  return <UnitList title={t('redo')} boxes={boxes} empty={t('empty.redo')} />
}
