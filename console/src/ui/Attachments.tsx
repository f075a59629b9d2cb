// Files: drop, paste or choose; limits named with the file; progress; preview in place.
import { Button, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { asProblem } from '../api/problem.ts'
import { newKey } from '../api/http.ts'
import { Icon } from './icons.tsx'
import type { IconName } from './icons.tsx'
import { fileSize } from './numbers.ts'
import { t } from './texts.zh-CN.ts'
import { fileAddress, isAttachment, refusal, uploadFile } from './upload.ts'
import type { Attachment } from './upload.ts'
import './acts.css'

export type { Attachment } from './upload.ts'

export function isAttachments(value: unknown): value is Attachment[] {
  return Array.isArray(value) && value.every(isAttachment)
}

export type AttachmentsProps = {
  value: Attachment[]
  onChange?: (next: Attachment[]) => void
  max?: number
  maxBytes?: number
  /** As in `<input accept>`. */
  accept?: string
  /** Where the files belong (feedback, registration …); the server's limits differ by place. */
  place?: string
  readOnly?: boolean
}

type Running = { key: string; name: string; percent: number; stop: AbortController }

export function Attachments({ value, onChange, max = 5, maxBytes = 10 * 1024 * 1024, accept, place = 'default', readOnly }: AttachmentsProps): ReactElement {
  const [running, setRunning] = useState<Running[]>([])
  const [messages, setMessages] = useState<string[]>([])
  const [over, setOver] = useState(false)
  const [shown, setShown] = useState<Attachment | null>(null)
  const input = useRef<HTMLInputElement>(null)
  // several uploads end in any order: each adds to what is there by then
  const latest = useRef(value)
  latest.current = value

  const add = (files: Iterable<File>) => {
    const said: string[] = []
    let held = latest.current.length + running.length
    for (const file of files) {
      const why = refusal(file, held, { max, maxBytes, accept })
      if (why === 'tooMany') said.push(t('file.tooMany', { name: file.name, n: max }))
      else if (why === 'tooLarge') said.push(t('file.tooLarge', { name: file.name, size: fileSize(maxBytes) }))
      else if (why === 'wrongType') said.push(t('file.wrongType', { name: file.name }))
      else {
        held += 1
        void upload(file)
      }
    }
    setMessages(said)
  }
  const upload = async (file: File) => {
    const key = newKey()
    const stop = new AbortController()
    setRunning((all) => [...all, { key, name: file.name, percent: 0, stop }])
    try {
      const done = await uploadFile(file, place, (percent) => setRunning((all) => all.map((one) => (one.key === key ? { ...one, percent } : one))), stop.signal)
      latest.current = [...latest.current, done]
      onChange?.(latest.current)
    } catch (error) {
      setMessages((all) => [...all, `${t('file.failed', { name: file.name })}：${asProblem(error).message}`])
    } finally {
      setRunning((all) => all.filter((one) => one.key !== key))
    }
  }
  return (
    <div className="ms-files" onPaste={(e) => { if (!readOnly && e.clipboardData.files.length) { e.preventDefault(); add(e.clipboardData.files) } }}>
      {readOnly ? null : (
        <div className="ms-files-drop" data-over={over} onDragOver={(e) => { e.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={(e) => { e.preventDefault(); setOver(false); add(e.dataTransfer.files) }}>
          <Button size="small" onClick={() => input.current?.click()} disabled={value.length >= max}><Icon name="clip" size={14} /> {t('file.add')}</Button>
          <span className="ms-hint">{t('file.count', { n: value.length, max })} · {t('file.hint', { n: max, size: fileSize(maxBytes) })}</span>
          <input ref={input} type="file" multiple hidden accept={accept} onChange={(e) => { if (e.target.files) add(e.target.files); e.target.value = '' }} />
        </div>
      )}
      {messages.map((message) => <div key={message} className="ms-field-error" role="alert">{message}</div>)}
      {value.length || running.length ? (
        <ul>
          {value.map((file) => (
            <li key={file.id} className="ms-file">
              {file.type.startsWith('image/') ? <img src={fileAddress(file.id)} alt="" loading="lazy" /> : <Icon name={iconOf(file)} />}
              <button type="button" className="ms-link-button ms-ellipsis" onClick={() => setShown(file)} title={`${file.name} ${fileSize(file.size)}`}>{file.name}</button>
              {readOnly ? null : <button type="button" className="ms-icon-button" onClick={() => onChange?.(value.filter((one) => one.id !== file.id))}><Icon name="close" size={12} label={`${t('remove')} ${file.name}`} /></button>}
            </li>
          ))}
          {running.map((one) => (
            <li key={one.key} className="ms-file">
              <span className="ms-ellipsis">{one.name}</span>
              <span className="ms-hint">{t('file.uploading', { percent: one.percent })}</span>
              <button type="button" className="ms-icon-button" onClick={() => one.stop.abort()}><Icon name="close" size={12} label={`${t('cancel')} ${one.name}`} /></button>
            </li>
          ))}
        </ul>
      ) : null}
      <Modal open={shown !== null} title={shown?.name} width={880} destroyOnHidden onCancel={() => setShown(null)} footer={shown ? <a href={`${fileAddress(shown.id)}?download=1`} download={shown.name}><Icon name="download" /> {t('file.download')}</a> : null}>
        {shown ? <Preview file={shown} /> : null}
      </Modal>
    </div>
  )
}

function iconOf(file: Attachment): IconName {
  const kind = file.type.split('/')[0]
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file'
}

function Preview({ file }: { file: Attachment }): ReactElement {
  const address = fileAddress(file.id)
  if (file.type.startsWith('image/')) return <div className="ms-preview"><img src={address} alt={file.name} /></div>
  if (file.type.startsWith('audio/')) return <div className="ms-preview"><audio src={address} controls /></div>
  if (file.type.startsWith('video/')) return <div className="ms-preview"><video src={address} controls /></div>
  // our own pages may not be framed, files included: a PDF opens beside
  if (file.type === 'application/pdf') return <p><a href={address} target="_blank" rel="noreferrer"><Icon name="link" /> {t('file.openBeside')}</a></p>
  return <p>{t('file.noPreview')}</p>
}
