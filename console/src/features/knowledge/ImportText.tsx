// The text of a Word, PDF, Excel or web file becomes the text of the item; whoever imports looks through it.
import type { JSONContent } from '@tiptap/react'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { say } from '../../ui/notices.ts'
import { uploadFile } from '../../ui/upload.ts'
import { t } from './texts.zh-CN.ts'

const asBase64 = (file: File): Promise<string> => new Promise((done, fail) => {
  const reader = new FileReader()
  reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ''))
  reader.onerror = () => fail(reader.error ?? new Error('unreadable'))
  reader.readAsDataURL(file)
})

export function ImportText({ onText }: { onText: (doc: JSONContent) => void }): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const read = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    try {
      const given = /\.html?$/i.test(file.name) ? { name: file.name, content: await asBase64(file) } : { fileId: (await uploadFile(file, 'knowledge', () => undefined, new AbortController().signal)).id }
      const { body } = await call('readKnowledgeDocument', given)
      onText(body as JSONContent)
      say(t('imported'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <input ref={input} type="file" hidden accept=".docx,.pdf,.html,.htm,.xlsx,.csv,.txt" onChange={(e) => { void read(e.target.files?.[0]); e.target.value = '' }} />
      <Button size="small" loading={busy} title={t('importHelp')} onClick={() => input.current?.click()}>{busy ? t('importing') : t('import')}</Button>
    </>
  )
}
