// Upload of one file with progress; fetch cannot report it, so XMLHttpRequest.
import { csrfToken, newKey } from '../api/http.ts'
import { networkProblem, problemFrom } from '../api/problem.ts'

export type Attachment = { id: string; name: string; size: number; type: string }

export function isAttachment(value: unknown): value is Attachment {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'name' in value && typeof value.name === 'string'
}

/** Address of a stored file; the server checks the right on each reading. */
export function fileAddress(id: string): string {
  return `/api/attachments/${encodeURIComponent(id)}`
}

/** @throws Problem */
export function uploadFile(file: File, place: string, onProgress: (percent: number) => void, signal: AbortSignal): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open('POST', `/api/attachments?place=${encodeURIComponent(place)}`)
    xhr.responseType = 'json'
    xhr.setRequestHeader('accept', 'application/json')
    xhr.setRequestHeader('idempotency-key', newKey())
    const csrf = csrfToken()
    if (csrf) xhr.setRequestHeader('x-csrf-token', csrf)
    xhr.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(Math.floor((event.loaded / event.total) * 100)) }
    xhr.onload = () => {
      const body: unknown = xhr.response
      if (xhr.status < 300 && isAttachment(body)) resolve(body)
      else reject(problemFrom(xhr.status, body))
    }
    xhr.onerror = () => reject(networkProblem())
    signal.addEventListener('abort', () => xhr.abort())
    const form = new FormData()
    form.append('file', file, file.name)
    xhr.send(form)
  })
}

/** Why a file may not be added, as text key and parameters; null when it may. */
export function refusal(file: { name: string; size: number; type: string }, held: number, rules: { max: number; maxBytes: number; accept?: string }): 'tooMany' | 'tooLarge' | 'wrongType' | null {
  if (held >= rules.max) return 'tooMany'
  if (file.size > rules.maxBytes) return 'tooLarge'
  if (rules.accept && !rules.accept.split(',').some((one) => accepts(one.trim().toLowerCase(), file))) return 'wrongType'
  return null
}

function accepts(rule: string, file: { name: string; type: string }): boolean {
  if (rule.startsWith('.')) return file.name.toLowerCase().endsWith(rule)
  if (rule.endsWith('/*')) return file.type.startsWith(rule.slice(0, -1))
  return file.type === rule
}
