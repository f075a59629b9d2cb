// A popover by click that Esc closes, as every layer of the console.
import { Popover } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { useKeys } from '../../ui/keys.ts'
import { t as kit } from '../../ui/texts.zh-CN.ts'

export function Pop({ title, content, children }: { title?: ReactNode; content: ReactNode; children: ReactNode }): ReactElement {
  const [open, setOpen] = useState(false)
  useKeys(kit('close'), [{ keys: 'Esc', label: kit('close'), run: () => setOpen(false), enabled: open }])
  return <Popover trigger="click" open={open} onOpenChange={setOpen} title={title} content={content}>{children}</Popover>
}
