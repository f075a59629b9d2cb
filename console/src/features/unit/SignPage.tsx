import type { ReactElement } from 'react'
import { t } from './texts.zh-CN.ts'
import { UnitList } from './UnitList.tsx'
import type { UnitBox } from './unit-data.ts'

const boxes: [UnitBox, ...UnitBox[]] = ['toSign']

export default function SignPage(): ReactElement {
  return <UnitList title={t('sign')} boxes={boxes} empty={t('empty.sign')} bulkSign />
}
