// Ctrl E: the last objects, opened by number of keystrokes rather than by searching again.
import { Modal } from 'antd'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { Empty } from '../ui/Empty.tsx'
import { PickList } from './PickList.tsx'
import { useRecents } from './recent.ts'
import { t } from './texts.zh-CN.ts'

export default function RecentList({ close }: { close: () => void }): ReactElement {
  const recents = useRecents()
  const navigate = useNavigate()
  return (
    <Modal open title={t('recent.title')} footer={null} onCancel={close} width={560} styles={{ body: { paddingBlockStart: 0 } }}>
      {recents.length === 0 ? <Empty kind="done" text={t('recent.none')} /> : (
        <PickList groups={[{ label: '', items: recents.map((one) => ({ key: one.path, title: one.title, hint: one.hint ?? one.kind, run: () => { close(); void navigate(one.path) } })) }]} autoFocus />
      )}
    </Modal>
  )
}
