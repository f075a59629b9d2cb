// One question before an act that leaves the house or cannot be undone: verb on the button, focus on 取消 (ux.md §5.6).
import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { t } from './texts.zh-CN.ts'

type Asker = ReturnType<typeof Modal.useModal>[0]
let asker: Asker | null = null

/** Installed once by the application, so that dialogs get its theme. */
export function setAsker(modal: Asker): void {
  asker = modal
}

/** Resolves true when the person chose the verb. */
export async function confirm({ title, text, verb, danger }: { title: string; text: ReactNode; verb: string; danger?: boolean }): Promise<boolean> {
  if (!asker) return false
  return await asker.confirm({ title, content: text, okText: verb, cancelText: t('cancel'), okButtonProps: { danger: danger ?? false }, focusable: { autoFocusButton: 'cancel' } })
}
