// 我的批示: what was asked of the leader and what he wrote, with the reports of the units.
import type { ReactElement } from 'react'
import InstructionsPage from '../supervision/InstructionsPage.tsx'
import { t } from './texts.zh-CN.ts'

export default function MyInstructionsPage(): ReactElement {
  return <InstructionsPage mine title={t('instructions')} />
}
