import type { ReactElement } from 'react'
import { RequestDesk } from './RequestDesk.tsx'
import { t } from './texts.zh-CN.ts'

export default function ArbitrationPage(): ReactElement {
  return <RequestDesk desk="arbitration" title={t('desk.arbitration')} stage="arbitration" />
}
