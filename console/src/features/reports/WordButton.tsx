// A Word file into the template editor: chosen, uploaded, read; nothing is kept before the editor saves.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { call, type OutputOf } from '../../api/call.ts'
import { notify } from '../../ui/notices.ts'
import { now } from '../../ui/time.ts'
import { uploadFile } from '../../ui/upload.ts'
import { t } from './texts.zh-CN.ts'

export type Definition = OutputOf<'readTemplateWord'>['definition']

/** With the code of a template its charts come back where the file holds their marks. */
export function WordButton({ label, code, onRead, onFail }: { label: string; code?: string; onRead: (definition: Definition) => void; onFail: (error: unknown) => void }): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const take = async (file: File): Promise<void> => {
    setBusy(true)
    try {
      const stored = await uploadFile(file, 'import', () => undefined, new AbortController().signal)
      const { definition, lost } = await call('readTemplateWord', { fileId: stored.id, ...(code ? { code } : {}), newCode: `word${now().toString(36)}` })
      if (lost.length > 0) notify({ level: 'P3', title: t('wordLost', { what: lost.slice(0, 5).join('、') }) })
      onRead(definition)
    } catch (error) { onFail(error) } finally { setBusy(false) }
  }
  return <><Button loading={busy} onClick={() => input.current?.click()}>{label}</Button><input ref={input} type="file" hidden accept=".docx" aria-label={label} onChange={(e) => { const file = e.target.files?.[0]; e.target.value = ''; if (file) void take(file) }} /></>
}
