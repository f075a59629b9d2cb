import type { ReactElement } from 'react'
import { t } from './texts.zh-CN.ts'
import { UnitList } from './UnitList.tsx'
import type { UnitBox } from './unit-data.ts'

const boxes: [UnitBox, ...UnitBox[]] = ['handling', 'reported', 'owed', 'open', 'done']

export default function HandlingPage(): ReactElement {
  return <UnitList title={t('handling')} boxes={boxes} empty={t('empty.handling')} />
}
