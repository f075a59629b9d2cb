import type { ReactElement } from 'react'
import { RequestDesk } from './RequestDesk.tsx'
import { t } from './texts.zh-CN.ts'

export default function ReturnsPage(): ReactElement {
  return <RequestDesk desk="returns" title={t('desk.returns')} />
}
