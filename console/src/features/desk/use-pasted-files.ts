// A screenshot pasted anywhere in the form becomes an attachment.
import type { ClipboardEvent } from 'react'
import { useRef, useState } from 'react'
import type { Attachment } from '../../ui/Attachments.tsx'
import { asProblem } from '../../api/problem.ts'
import { fileSize } from '../../ui/numbers.ts'
import { t as kit } from '../../ui/texts.zh-CN.ts'
import { refusal, uploadFile } from '../../ui/upload.ts'

type Limits = { max: number; maxBytes: number }

export function usePastedFiles(files: Attachment[], onChange: (files: Attachment[]) => void, limits: Limits): { onPaste: (event: ClipboardEvent) => void; message: string | null } {
  const [message, setMessage] = useState<string | null>(null)
  // several uploads end in any order: each adds to what is there by then
  const latest = useRef(files)
  latest.current = files
  const upload = async (file: File) => {
    const why = refusal(file, latest.current.length, limits)
    if (why === 'tooMany') return setMessage(kit('file.tooMany', { name: file.name, n: limits.max }))
    if (why) return setMessage(kit('file.tooLarge', { name: file.name, size: fileSize(limits.maxBytes) }))
    try {
      const done = await uploadFile(file, 'registration', () => undefined, new AbortController().signal)
      latest.current = [...latest.current, done]
      onChange(latest.current)
      setMessage(null)
    } catch (error) {
      setMessage(`${kit('file.failed', { name: file.name })}：${asProblem(error).message}`)
    }
  }
  return {
    message,
    onPaste: (event) => {
      const pasted = [...event.clipboardData.files]
      // the attachments box takes its own
      if (pasted.length === 0 || event.isDefaultPrevented()) return
      event.preventDefault()
      for (const file of pasted) void upload(file)
    },
  }
}
